/** The agent itself. */
@NullMarked
package io.synapse.sdk.system;

import org.jspecify.annotations.NullMarked;

/** The clients of a Synapse agent. */
@NullMarked
package io.synapse.sdk.agent;

import org.jspecify.annotations.NullMarked;

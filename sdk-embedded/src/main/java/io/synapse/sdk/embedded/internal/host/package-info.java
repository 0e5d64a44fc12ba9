/** What this machine is and has. Not API. */
@NullMarked
package io.synapse.sdk.embedded.internal.host;

import org.jspecify.annotations.NullMarked;

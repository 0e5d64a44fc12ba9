/** The agent's API on this machine: in this JVM with {@link io.synapse.sdk.embedded.EmbeddedAgent}, or as a program. */
@NullMarked
package io.synapse.sdk.embedded;

import org.jspecify.annotations.NullMarked;

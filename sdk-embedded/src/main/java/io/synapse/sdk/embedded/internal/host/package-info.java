/** What this machine is and what it has to give: identity, CPUs, memory, GPUs. Not API. */
@NullMarked
package io.synapse.sdk.embedded.internal.host;

import org.jspecify.annotations.NullMarked;

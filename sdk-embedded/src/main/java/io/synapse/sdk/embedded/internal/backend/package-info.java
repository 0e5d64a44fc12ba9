/** Where an agent's work is done: what every such place can do for the agent's interface. Not API. */
@NullMarked
package io.synapse.sdk.embedded.internal.backend;

import org.jspecify.annotations.NullMarked;

/** The implementation of the clients of an agent. Not API. */
@NullMarked
package io.synapse.sdk.agent.internal;

import org.jspecify.annotations.NullMarked;

/** Commands: which may run, where they run, and what they gave back. */
@NullMarked
package io.synapse.sdk.gateway.server.internal.command;

import org.jspecify.annotations.NullMarked;

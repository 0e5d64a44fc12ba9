/** A model in a file, run by a process of its own. */
@NullMarked
package io.synapse.sdk.gateway.server.model.internal.local;

import org.jspecify.annotations.NullMarked;

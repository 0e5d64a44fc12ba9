/** A workspace on an agent, as its client sees it. Not API. */
@NullMarked
package io.synapse.sdk.workspace.internal.remote;

import org.jspecify.annotations.NullMarked;

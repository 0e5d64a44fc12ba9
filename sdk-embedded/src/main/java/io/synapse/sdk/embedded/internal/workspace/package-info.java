/** Workspaces in containers, for clients that have no Docker Engine. */
@NullMarked
package io.synapse.sdk.embedded.internal.workspace;

import org.jspecify.annotations.NullMarked;

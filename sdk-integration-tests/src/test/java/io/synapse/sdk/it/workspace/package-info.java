/**
 * Workspaces on a real Docker Engine. What every implementation of {@link io.synapse.sdk.workspace.Workspace} must do is
 * in the interfaces that {@link WorkspaceContract} collects; what is Docker's own has classes of its own.
 */
@NullMarked
package io.synapse.sdk.it.workspace;

import org.jspecify.annotations.NullMarked;

/** What the implementations of workspaces share. Not API. */
@NullMarked
package io.synapse.sdk.workspace.internal;

import org.jspecify.annotations.NullMarked;

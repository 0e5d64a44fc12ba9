/** Workspaces in Docker containers: the rules of wire/workspace.md, section 2, and what carries them out. */
@NullMarked
package io.synapse.sdk.docker.internal.workspace;

import org.jspecify.annotations.NullMarked;

/**
 * A place where several AI agents work side by side: each has a folder of its own, all have a shared one. The
 * interfaces and values are the same for every implementation.
 */
@NullMarked
package io.synapse.sdk.workspace;

import org.jspecify.annotations.NullMarked;

/** Nodes: the machines of a cluster. */
@NullMarked
package io.synapse.sdk.node;

import org.jspecify.annotations.NullMarked;

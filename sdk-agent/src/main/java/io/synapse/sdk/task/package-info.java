/** Tasks of a cluster. */
@NullMarked
package io.synapse.sdk.task;

import org.jspecify.annotations.NullMarked;

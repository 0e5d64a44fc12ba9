/** Tasks: what jobs are made of. */
@NullMarked
package io.synapse.sdk.task;

import org.jspecify.annotations.NullMarked;

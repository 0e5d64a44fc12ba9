/** Jobs: submit them, watch them, follow their logs, stop them. */
@NullMarked
package io.synapse.sdk.job;

import org.jspecify.annotations.NullMarked;

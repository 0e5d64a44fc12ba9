/** Jobs: submit, list, wait, follow logs, stop and delete. */
@NullMarked
package io.synapse.sdk.job;

import org.jspecify.annotations.NullMarked;

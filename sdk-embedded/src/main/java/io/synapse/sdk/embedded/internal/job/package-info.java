/** Jobs as processes of this machine: their records, their queue, their lives. Not API. */
@NullMarked
package io.synapse.sdk.embedded.internal.job;

import org.jspecify.annotations.NullMarked;

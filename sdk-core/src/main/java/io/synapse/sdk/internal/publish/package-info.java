/** Publishers of what is pulled. Not API. */
@NullMarked
package io.synapse.sdk.internal.publish;

import org.jspecify.annotations.NullMarked;

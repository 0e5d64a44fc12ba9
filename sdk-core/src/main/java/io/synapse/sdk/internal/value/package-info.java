/** What the values that users make are built of. Not API. */
@NullMarked
package io.synapse.sdk.internal.value;

import org.jspecify.annotations.NullMarked;

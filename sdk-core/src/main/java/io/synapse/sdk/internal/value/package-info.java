/** The base of the value classes. Not API. */
@NullMarked
package io.synapse.sdk.internal.value;

import org.jspecify.annotations.NullMarked;

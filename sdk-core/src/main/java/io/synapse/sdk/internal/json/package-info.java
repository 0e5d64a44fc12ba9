/** JSON, and the only room that knows the library behind it. Not API. */
@NullMarked
package io.synapse.sdk.internal.json;

import org.jspecify.annotations.NullMarked;

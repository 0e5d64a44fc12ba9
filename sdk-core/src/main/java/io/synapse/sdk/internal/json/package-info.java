/** Reads and writes JSON. The only package that uses the JSON library. Not API. */
@NullMarked
package io.synapse.sdk.internal.json;

import org.jspecify.annotations.NullMarked;

/** Playground containers on a real Docker Engine. */
@NullMarked
package io.synapse.sdk.it.docker;

import org.jspecify.annotations.NullMarked;

/** Playground containers on a real Docker Engine. */
@NullMarked
package io.synapse.sdk.embedded.docker;

import org.jspecify.annotations.NullMarked;

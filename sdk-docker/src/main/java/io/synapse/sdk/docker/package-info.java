/** Containers on a Docker Engine. */
@NullMarked
package io.synapse.sdk.docker;

import org.jspecify.annotations.NullMarked;

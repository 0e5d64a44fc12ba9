/** Playground containers, their builds, and the raw Docker containers of the host. */
@NullMarked
package io.synapse.sdk.container;

import org.jspecify.annotations.NullMarked;

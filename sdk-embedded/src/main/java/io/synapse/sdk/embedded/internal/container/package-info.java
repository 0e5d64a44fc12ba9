/** Playground containers on a Docker Engine: records, images, ports, and the builds that make them. */
@NullMarked
package io.synapse.sdk.embedded.internal.container;

import org.jspecify.annotations.NullMarked;

/** One interface to the Docker Engine without types of docker-java: connection, containers, images, ports. */
@NullMarked
package io.synapse.sdk.docker.internal;

import org.jspecify.annotations.NullMarked;

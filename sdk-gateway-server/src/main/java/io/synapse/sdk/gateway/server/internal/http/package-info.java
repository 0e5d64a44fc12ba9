/** The gateway over HTTP: how requests are read and answers written. */
@NullMarked
package io.synapse.sdk.gateway.server.internal.http;

import org.jspecify.annotations.NullMarked;

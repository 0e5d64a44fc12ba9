/** The models of providers, over the HTTP client of the SDK. */
@NullMarked
package io.synapse.sdk.gateway.server.model.internal.provider;

import org.jspecify.annotations.NullMarked;

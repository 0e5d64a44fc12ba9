/** Gateways, services and clients as processes. */
@NullMarked
package io.synapse.sdk.it.gateway;

import org.jspecify.annotations.NullMarked;

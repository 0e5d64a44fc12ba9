/** What is counted of requests, calls and services. Not API. */
@NullMarked
package io.synapse.sdk.gateway.server.internal.metrics;

import org.jspecify.annotations.NullMarked;

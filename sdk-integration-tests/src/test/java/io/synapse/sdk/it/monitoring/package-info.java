/** What {@code deploy/} has for monitoring, on a real Prometheus. */
@NullMarked
package io.synapse.sdk.it.monitoring;

import org.jspecify.annotations.NullMarked;

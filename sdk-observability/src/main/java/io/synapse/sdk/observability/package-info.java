/** Metrics and traces of the clients of the SDK. */
@NullMarked
package io.synapse.sdk.observability;

import org.jspecify.annotations.NullMarked;

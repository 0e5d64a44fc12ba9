/** Clients of services that fail: killed, stopped, slow, flapping, recovering (wire/gateway.md, section 11). */
@NullMarked
package io.synapse.sdk.it.resilience;

import org.jspecify.annotations.NullMarked;

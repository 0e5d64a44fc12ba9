/** Ways to call a gateway: with the SDK, with and without layers, and with bare libraries. Each program runs in a process of its own. */
@NullMarked
package io.synapse.sdk.benchmarks.contender.gateway;

import org.jspecify.annotations.NullMarked;

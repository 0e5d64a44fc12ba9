/**
 * What following a log, calling and starting cost with the SDK, side by side with bare libraries and with other clients.
 * {@code bin/benchmarks} runs it; {@code docs/benchmarks.md} has the last results.
 */
@NullMarked
package io.synapse.sdk.benchmarks;

import org.jspecify.annotations.NullMarked;

/**
 * Programs that are measured, each in a process of its own: the SDK, and what a user would write without it. Each prints
 * its findings as {@code name=value}, a line each.
 */
@NullMarked
package io.synapse.sdk.benchmarks.contender;

import org.jspecify.annotations.NullMarked;

/**
 * Programs that work in a container, each in a process of its own: with a workspace of the SDK, and as one would without
 * it. Each prints its findings as {@code name=value}, a line each.
 */
@NullMarked
package io.synapse.sdk.benchmarks.contender.workspace;

import org.jspecify.annotations.NullMarked;

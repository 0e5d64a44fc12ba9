/** What fits in a JVM, measured with JMH. */
@NullMarked
package io.synapse.sdk.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;

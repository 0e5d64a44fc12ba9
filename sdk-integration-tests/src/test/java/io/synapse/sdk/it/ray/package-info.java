/**
 * The SDK on real Ray clusters. Classes tagged {@code one-jdk} take long and say nothing about a JDK: {@code .ci/run}
 * runs them on one.
 */
@NullMarked
package io.synapse.sdk.it.ray;

import org.jspecify.annotations.NullMarked;

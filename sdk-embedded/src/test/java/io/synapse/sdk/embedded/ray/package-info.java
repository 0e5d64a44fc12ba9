/**
 * The SDK on real Ray clusters. Classes that start clusters of their own, which takes long, are tagged {@code
 * own-cluster}: {@code .ci/run} runs them on one JDK only.
 */
@NullMarked
package io.synapse.sdk.embedded.ray;

import org.jspecify.annotations.NullMarked;

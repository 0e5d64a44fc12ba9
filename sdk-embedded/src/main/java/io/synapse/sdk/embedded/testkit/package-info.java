/**
 * What tests of code that talks to an agent need.
 *
 * <p>{@link io.synapse.sdk.embedded.testkit.FaultProxy} is a network that fails on demand, between a client and any
 * HTTP/1.1 server; it needs nothing but the JDK. {@link io.synapse.sdk.embedded.testkit.WithEmbeddedAgent} gives a JUnit
 * test class an agent of its own; who uses it brings JUnit along.
 */
@NullMarked
package io.synapse.sdk.embedded.testkit;

import org.jspecify.annotations.NullMarked;

/**
 * What tests of code that talks to an agent or to an experiment server need.
 *
 * <p>{@link io.synapse.sdk.testkit.FaultProxy} is a network that fails on demand, between a client and any HTTP/1.1
 * server; it needs nothing but the JDK. {@link io.synapse.sdk.testkit.WithEmbeddedAgent} gives a JUnit test class an
 * agent of its own, {@link io.synapse.sdk.testkit.WithExperiments} an experiment server with workers; the project that uses it must depend on JUnit, 5.10 or newer.
 */
@NullMarked
package io.synapse.sdk.testkit;

import org.jspecify.annotations.NullMarked;

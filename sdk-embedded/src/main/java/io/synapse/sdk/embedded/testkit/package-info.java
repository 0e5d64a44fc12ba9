/**
 * What tests of code that talks to an agent need: a network that fails on demand, and an agent per test class.
 *
 * <p>{@link io.synapse.sdk.embedded.testkit.FaultProxy} stands between a client and any HTTP/1.1 server and needs
 * nothing but the JDK.
 */
@NullMarked
package io.synapse.sdk.embedded.testkit;

import org.jspecify.annotations.NullMarked;

/** A server that answers as fast as the machine can, so that it is the client that is measured. */
@NullMarked
package io.synapse.sdk.benchmarks.server;

import org.jspecify.annotations.NullMarked;

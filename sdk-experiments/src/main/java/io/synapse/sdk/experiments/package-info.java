/** The experiment server and its worker, on this machine. */
@NullMarked
package io.synapse.sdk.experiments;

import org.jspecify.annotations.NullMarked;

/** The machines of workers: what they report, and whether they are there. */
@NullMarked
package io.synapse.sdk.experiments.internal.device;

import org.jspecify.annotations.NullMarked;

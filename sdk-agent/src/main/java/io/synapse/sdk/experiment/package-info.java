/** The client of a server of experiments: projects, runs, a queue, devices, components and events. */
@NullMarked
package io.synapse.sdk.experiment;

import org.jspecify.annotations.NullMarked;

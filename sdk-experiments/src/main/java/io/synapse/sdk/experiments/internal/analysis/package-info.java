/** Comparisons of the runs of a project by their metrics (wire/experiments.md, section 2). */
@NullMarked
package io.synapse.sdk.experiments.internal.analysis;

import org.jspecify.annotations.NullMarked;

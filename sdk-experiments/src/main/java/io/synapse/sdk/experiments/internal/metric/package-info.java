/** Curves and their summaries (wire/experiments.md, section 10). */
@NullMarked
package io.synapse.sdk.experiments.internal.metric;

import org.jspecify.annotations.NullMarked;

/** Projects and runs, read from the log folders (wire/experiments.md, section 8). */
@NullMarked
package io.synapse.sdk.experiments.internal.run;

import org.jspecify.annotations.NullMarked;

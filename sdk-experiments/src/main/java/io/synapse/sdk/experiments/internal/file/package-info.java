/** Files of jobs and runs: where they are, and how they are brought from workers (wire/experiments.md, section 8). */
@NullMarked
package io.synapse.sdk.experiments.internal.file;

import org.jspecify.annotations.NullMarked;

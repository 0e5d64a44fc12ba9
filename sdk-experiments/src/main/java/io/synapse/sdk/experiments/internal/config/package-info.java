/** Configs of experiments: YAML by the rules of the training, grids, the dry run (wire/experiments.md, section 6). */
@NullMarked
package io.synapse.sdk.experiments.internal.config;

import org.jspecify.annotations.NullMarked;

/** Versions of the components of trainings, and where a folder and the server differ (wire/experiments.md, section 7). */
@NullMarked
package io.synapse.sdk.experiments.internal.component;

import org.jspecify.annotations.NullMarked;

/** What happened: kept events, and streams of them (wire/experiments.md, section 4). */
@NullMarked
package io.synapse.sdk.experiments.internal.event;

import org.jspecify.annotations.NullMarked;

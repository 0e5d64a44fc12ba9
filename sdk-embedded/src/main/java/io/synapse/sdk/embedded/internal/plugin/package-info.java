/** The plugins whose files the agent has: archives, folders, and what their config.yaml says. Not API. */
@NullMarked
package io.synapse.sdk.embedded.internal.plugin;

import org.jspecify.annotations.NullMarked;

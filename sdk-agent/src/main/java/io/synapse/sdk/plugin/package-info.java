/** Plugin releases and running their actions. */
@NullMarked
package io.synapse.sdk.plugin;

import org.jspecify.annotations.NullMarked;

/** One runnable class a feature. Each uses the agent that the environment names, or else starts one of its own. */
@NullMarked
package io.synapse.sdk.examples;

import org.jspecify.annotations.NullMarked;

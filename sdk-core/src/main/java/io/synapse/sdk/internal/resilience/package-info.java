/** What stands between a call and its server: breakers, bulkheads, time limits of attempts, fallbacks. Not API. */
@NullMarked
package io.synapse.sdk.internal.resilience;

import org.jspecify.annotations.NullMarked;

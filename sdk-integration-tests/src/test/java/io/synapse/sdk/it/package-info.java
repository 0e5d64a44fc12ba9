/** What clients other than the SDK's own see of the agent. */
@NullMarked
package io.synapse.sdk.it;

import org.jspecify.annotations.NullMarked;

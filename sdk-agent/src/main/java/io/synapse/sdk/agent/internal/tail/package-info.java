/** How an agent gives out a log (wire/agent.md, section 5). Not API. */
@NullMarked
package io.synapse.sdk.agent.internal.tail;

import org.jspecify.annotations.NullMarked;

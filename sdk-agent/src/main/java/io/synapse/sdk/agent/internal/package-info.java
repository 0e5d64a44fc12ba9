/** What the clients of an agent are made of. Not API. */
@NullMarked
package io.synapse.sdk.agent.internal;

import org.jspecify.annotations.NullMarked;

/** What the embedded agent is made of. Not API. */
@NullMarked
package io.synapse.sdk.embedded.internal;

import org.jspecify.annotations.NullMarked;

/** Code shared by the operations and the dialects of all kinds of servers. Not API. */
@NullMarked
package io.synapse.sdk.dialect.internal;

import org.jspecify.annotations.NullMarked;

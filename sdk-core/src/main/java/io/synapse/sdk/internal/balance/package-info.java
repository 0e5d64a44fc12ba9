/** Chooses among equivalent servers. Not API. */
@NullMarked
package io.synapse.sdk.internal.balance;

import org.jspecify.annotations.NullMarked;

/** The promise of the log tail, seen end to end: agents in processes of their own, real jobs, real bytes. */
@NullMarked
package io.synapse.sdk.it.tail;

import org.jspecify.annotations.NullMarked;

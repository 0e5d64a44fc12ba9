/** What all parts of the server need. */
@NullMarked
package io.synapse.sdk.experiments.internal;

import org.jspecify.annotations.NullMarked;

/** What there is to run on, and what is allowed to run. */
@NullMarked
package io.synapse.sdk.resources;

import org.jspecify.annotations.NullMarked;

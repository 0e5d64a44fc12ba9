/**
 * The operations of an agent's workspace as tools of a model, defined once for all frameworks: names, descriptions,
 * parameters, and what they do.
 */
@NullMarked
package io.synapse.sdk.tool;

import org.jspecify.annotations.NullMarked;

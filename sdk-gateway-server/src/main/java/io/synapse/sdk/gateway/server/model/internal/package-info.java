/** What is asked of models, how their answers are read, and which model is asked next. */
@NullMarked
package io.synapse.sdk.gateway.server.model.internal;

import org.jspecify.annotations.NullMarked;

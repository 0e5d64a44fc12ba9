/** The agent's interface: routes, authentication, errors. Not API. */
@NullMarked
package io.synapse.sdk.embedded.internal.http;

import org.jspecify.annotations.NullMarked;

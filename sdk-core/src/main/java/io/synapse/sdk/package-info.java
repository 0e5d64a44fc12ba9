/** The API common to all clients: endpoints, operations, exceptions, pages, log streams and their limits. */
@NullMarked
package io.synapse.sdk;

import org.jspecify.annotations.NullMarked;

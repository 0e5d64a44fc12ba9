/** The words a user of the SDK imports most: endpoints, exceptions, pages, log streams and their limits. */
@NullMarked
package io.synapse.sdk;

import org.jspecify.annotations.NullMarked;

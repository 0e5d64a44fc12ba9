/** Ray Serve applications. */
@NullMarked
package io.synapse.sdk.serve;

import org.jspecify.annotations.NullMarked;

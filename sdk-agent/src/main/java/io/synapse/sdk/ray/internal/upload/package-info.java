/** Folders made ready to be uploaded. Not API. */
@NullMarked
package io.synapse.sdk.ray.internal.upload;

import org.jspecify.annotations.NullMarked;

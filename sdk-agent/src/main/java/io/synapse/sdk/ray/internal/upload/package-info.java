/** Packs folders for uploading. Not API. */
@NullMarked
package io.synapse.sdk.ray.internal.upload;

import org.jspecify.annotations.NullMarked;

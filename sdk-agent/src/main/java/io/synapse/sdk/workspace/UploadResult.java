package io.synapse.sdk.workspace;

import io.synapse.sdk.ClientException;
import java.util.Optional;

/**
 * What became of one upload among several.
 *
 * @param path the path as it was given
 * @param file the file that was written; empty when it failed
 * @param failure why it failed; empty when it did not
 */
public record UploadResult(String path, Optional<FileVersion> file, Optional<ClientException> failure) {}

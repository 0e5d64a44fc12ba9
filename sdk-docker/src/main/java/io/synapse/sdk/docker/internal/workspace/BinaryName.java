package io.synapse.sdk.docker.internal.workspace;

import java.util.Locale;
import java.util.Set;

/**
 * Names of files that are not shown as text whatever is in them: pictures, sounds, films and documents that models can
 * be given as such. The same as in the protocol's source, so that a tool gets of us what it gets of others.
 */
final class BinaryName {
    private static final Set<String> EXTENSIONS = Set.of(
            // pictures
            "gif",
            "heic",
            "heif",
            "jpeg",
            "jpg",
            "png",
            "webp",
            // sounds
            "aac",
            "aiff",
            "flac",
            "mp3",
            "ogg",
            "wav",
            // films
            "3gpp",
            "avi",
            "flv",
            "mkv",
            "mov",
            "mp4",
            "mpeg",
            "mpg",
            "webm",
            "wmv",
            // documents
            "pdf",
            "ppt",
            "pptx");

    private BinaryName() {}

    /** Whether the file at this path has one. A dot at the beginning of a name, of a hidden file, begins no extension. */
    static boolean is(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}

package io.synapse.sdk.embedded.internal.plugin;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.SortedSet;

/** Where the files of one plugin are. Safe for use by several threads; what is opened is not. */
sealed interface PluginFiles permits ZipArchive, UnpackedFolder {
    /** What to call the place in a sentence: "the archive". */
    String place();

    /**
     * Looks at the files as they are now, and checks all but their contents.
     *
     * @throws io.synapse.sdk.embedded.internal.backend.RefusedException with status 400 and what is wrong
     */
    Opened open() throws IOException;

    /** The files, while they are being read. All readings together keep to the limits. */
    interface Opened extends Closeable {
        /** Their paths in the plugin, with {@code /}; every one stays inside whatever folder it is resolved in. */
        SortedSet<String> paths();

        /**
         * The content of one of them, which is checked while it is read.
         *
         * @param path one of the {@link #paths()}
         */
        InputStream read(String path) throws IOException;
    }
}

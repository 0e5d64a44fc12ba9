package io.synapse.sdk.embedded.internal.plugin;

import io.synapse.sdk.embedded.internal.PrintableText;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that whoever runs the agent keeps plugins in: a folder for each, or a zip. It is read again each time, so
 * that what is put there can be used at once. Hidden entries, and files that are no zips, are not looked at.
 *
 * @param path the folder
 * @param limits how large a plugin may be
 */
record PluginFolder(Path path, Limits limits) {
    private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);

    /**
     * What is in it.
     *
     * @param releases by their references; of several entries with one release, the first by name
     * @param problems sentences about the entries that cannot be used
     */
    record Contents(Map<String, PluginRelease> releases, List<String> problems) {
        /** Nothing. */
        static Contents empty() {
            return new Contents(new TreeMap<>(), new ArrayList<>());
        }

        private void add(PluginRelease release) {
            PluginRelease first = releases.putIfAbsent(release.reference(), release);
            if (first != null) {
                addProblem(release + " is not used, for there is " + first);
            }
        }

        private void addProblem(String sentence) {
            LOG.warn("in the plugin folder: {}", sentence);
            problems.add(sentence);
        }
    }

    /** What is in it now. An entry that cannot be used is logged. */
    Contents contents() {
        Contents contents = Contents.empty();
        try (Stream<Path> entries = Files.list(path)) {
            for (Path entry : entries.sorted().toList()) {
                read(entry, contents);
            }
        } catch (IOException e) {
            contents.addProblem("it cannot be read: " + e);
        }
        return contents;
    }

    private void read(Path entry, Contents contents) {
        String name = entry.getFileName().toString();
        try {
            if (name.startsWith(".")) {
                return;
            }
            if (Files.isDirectory(entry)) {
                String place = "the folder " + PrintableText.of(name);
                contents.add(PluginRelease.of(new UnpackedFolder(place, entry, limits)));
            } else if (name.endsWith(".zip")) {
                String place = "the archive " + PrintableText.of(name);
                contents.add(PluginRelease.of(new ZipArchive(place, entry, limits)));
            }
        } catch (RefusedException e) {
            contents.addProblem(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            contents.addProblem(PrintableText.of(name) + " cannot be read: " + e);
        }
    }
}

package io.synapse.sdk.embedded.internal.plugin;

import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that whoever runs the agent keeps plugins in: a folder for each, or a zip. It is read again each time, so
 * that what is put there can be used at once.
 *
 * @param path the folder
 * @param limits how large a plugin may be
 */
record PluginFolder(Path path, Limits limits) {
    private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);

    /** The releases in it by their references; of several entries with one release, the first by name. */
    Map<String, PluginRelease> releases() throws IOException {
        Map<String, PluginRelease> releases = new TreeMap<>();
        for (Path entry : entries()) {
            release(entry).ifPresent(release -> add(release, releases));
        }
        return releases;
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private Optional<PluginRelease> release(Path entry) {
        String name = entry.getFileName().toString();
        try {
            if (Files.isDirectory(entry)) {
                return Optional.of(PluginRelease.of(
                        new UnpackedFolder("the folder " + FileTable.quoted(name), entry, limits)));
            }
            if (name.endsWith(".zip")) {
                return Optional.of(PluginRelease.of(
                        new ZipArchive("the archive " + FileTable.quoted(name), entry, limits)));
            }
        } catch (RefusedException | IOException e) {
            LOG.warn("{} of the plugin folder is no plugin that can be used: {}", entry, e.getMessage());
        }
        return Optional.empty();
    }

    private void add(PluginRelease release, Map<String, PluginRelease> releases) {
        PluginRelease first = releases.putIfAbsent(release.reference(), release);
        if (first != null) {
            LOG.warn("{} is twice in the plugin folder: {} is used, and {} is not", release.reference(), first, release);
        }
    }
}

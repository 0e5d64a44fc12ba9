package io.synapse.sdk.embedded.internal.plugin;

import io.synapse.sdk.embedded.internal.OwnerOnly;
import io.synapse.sdk.embedded.internal.PrintableText;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The releases of plugins whose files this agent has: archives that were uploaded, and what is in the plugin folder.
 * A release that is in both is the uploaded one, until that is deleted. Safe for use by several threads.
 *
 * <p>An archive is a zip of the plugin's files, or of one folder with them in it, as {@code zip -r} and GitHub make it.
 * It is kept as it came, under the name of its release, and read again for each build.
 */
public final class PluginReleases {
    private static final Logger LOG = LoggerFactory.getLogger(PluginReleases.class);
    private static final String ARCHIVE = ".zip";
    private static final String UPLOAD = ".upload";

    /** As of a {@link PluginConfig}; such a name is also one of a file. */
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_.+-]{1,100}@[A-Za-z0-9_.+-]{1,100}");

    private final Path directory;
    private final @Nullable PluginFolder folder;
    private final Limits limits;

    /**
     * The releases that are there. What is left of an upload that the last agent did not live to end is deleted.
     *
     * @param directory where to keep archives; made when it is needed. No one else uses it
     * @param pluginFolder with unpacked plugins and archives, to which nothing is ever written; null for none
     * @throws IOException when the directory cannot be read
     */
    public PluginReleases(Path directory, @Nullable Path pluginFolder) throws IOException {
        this(directory, pluginFolder, Limits.STANDARD);
    }

    PluginReleases(Path directory, @Nullable Path pluginFolder, Limits limits) throws IOException {
        this.directory = directory;
        this.limits = limits;
        folder = pluginFolder == null ? null : new PluginFolder(pluginFolder, limits);
        for (Path unfinished : kept("*" + UPLOAD)) {
            Files.delete(unfinished);
        }
    }

    /** The same as {@link #keep(InputStream, String)}, whatever release it is. */
    public PluginRelease keep(InputStream zip) throws IOException {
        return keep(zip, null);
    }

    /**
     * Checks an archive and keeps it. Another archive of the same release takes the place of the one before, for builds
     * that begin later.
     *
     * @param zip is read to its end, unless the archive is refused; the caller closes it
     * @param expected the release that it has to be; null for any
     * @throws RefusedException with status 400 and what is wrong with it; then nothing is kept
     * @throws IOException when it cannot be read, or not be kept
     */
    public PluginRelease keep(InputStream zip, @Nullable String expected) throws IOException {
        OwnerOnly.folder(directory);
        Path upload = Files.createTempFile(directory, "", UPLOAD);
        try {
            try (OutputStream file = Files.newOutputStream(upload)) {
                limits.forUpload("the archive").meter(zip).transferTo(file);
            }
            PluginRelease checked = PluginRelease.of(archive(upload));
            if (expected != null && !expected.equals(checked.reference())) {
                throw new RefusedException(
                        400, "plugin_release is " + expected + ", but the archive holds " + checked.reference());
            }
            // Reads every file, and with that finds the damaged ones.
            String digest = checked.digest();
            return take(upload, checked.reference(), digest);
        } finally {
            Files.deleteIfExists(upload);
        }
    }

    /** In one step, so that there is always either the archive before or this one, whole. */
    private synchronized PluginRelease take(Path upload, String reference, String digest) throws IOException {
        Path archive = archiveOf(reference);
        if (!hasDigest(archive, digest)) {
            Files.move(upload, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return PluginRelease.of(archive(archive));
    }

    private boolean hasDigest(Path archive, String digest) throws IOException {
        try {
            return Files.exists(archive)
                    && PluginRelease.of(archive(archive)).digest().equals(digest);
        } catch (RefusedException e) {
            LOG.warn("{} was damaged, and is replaced: {}", archive, e.getMessage());
            return false;
        }
    }

    /**
     * One release.
     *
     * @param lookup {@code code@version}
     * @throws RefusedException with status 404 and what can be done, when its files are not here
     * @throws IOException when they cannot be read
     */
    public PluginRelease get(String lookup) throws IOException {
        Optional<PluginRelease> uploaded = uploaded(lookup);
        if (uploaded.isPresent()) {
            return uploaded.get();
        }
        PluginFolder.Contents inFolder = inFolder();
        PluginRelease release = inFolder.releases().get(lookup);
        if (release == null) {
            throw unknown(lookup, inFolder.problems());
        }
        return release;
    }

    /**
     * All releases, sorted by their references. What cannot be used, in the plugin folder above all, is logged
     * and left out.
     *
     * @throws IOException when the directory or the plugin folder cannot be read
     */
    public List<PluginRelease> list() throws IOException {
        Map<String, PluginRelease> releases = inFolder().releases();
        for (Path archive : kept("*" + ARCHIVE)) {
            try {
                PluginRelease release = PluginRelease.of(archive(archive));
                releases.put(release.reference(), release);
            } catch (NoSuchFileException e) {
                LOG.debug("deleted in the meantime: {}", archive);
            } catch (RefusedException e) {
                LOG.warn("{} is damaged, and left out: {}", archive, e.getMessage());
            }
        }
        return List.copyOf(releases.values());
    }

    /**
     * Deletes the uploaded archive of a release. Where the plugin folder has the same release, that is used from now on.
     *
     * @throws RefusedException with status 404 when its files are not here; with 409 when they are only in the plugin
     *     folder, which is not the agent's to delete
     * @throws IOException when it cannot be deleted
     */
    public synchronized void delete(String lookup) throws IOException {
        if (REFERENCE.matcher(lookup).matches() && Files.deleteIfExists(archiveOf(lookup))) {
            return;
        }
        PluginFolder.Contents inFolder = inFolder();
        PluginRelease release = inFolder.releases().get(lookup);
        if (release == null) {
            throw unknown(lookup, inFolder.problems());
        }
        throw new RefusedException(
                409, "the agent does not delete from its plugin folder; delete " + release.place() + " there");
    }

    private Optional<PluginRelease> uploaded(String reference) throws IOException {
        if (!REFERENCE.matcher(reference).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(PluginRelease.of(archive(archiveOf(reference))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private PluginFolder.Contents inFolder() {
        return folder == null ? PluginFolder.Contents.empty() : folder.contents();
    }

    private Path archiveOf(String reference) {
        return directory.resolve(reference + ARCHIVE);
    }

    private PluginFiles archive(Path file) {
        return new ZipArchive("the archive", file, limits);
    }

    private List<Path> kept(String glob) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
            files.forEach(found::add);
        }
        return found;
    }

    private static RefusedException unknown(String lookup, List<String> problems) {
        String sentence = "the agent has no files of the plugin release " + PrintableText.of(lookup)
                + ": upload an archive of it with createContainer, or start the agent with --plugin-dir and a folder"
                + " that it is in";
        return new RefusedException(
                404,
                problems.isEmpty()
                        ? sentence
                        : sentence + ". Its plugin folder has what cannot be used: " + String.join("; ", problems));
    }
}

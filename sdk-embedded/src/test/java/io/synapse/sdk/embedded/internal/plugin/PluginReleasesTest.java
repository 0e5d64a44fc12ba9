package io.synapse.sdk.embedded.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginReleasesTest {
    private static final SamplePlugin DEMO = SamplePlugin.of("demo", "1.0.0");

    @TempDir
    Path root;

    private Path directory;
    private Path pluginFolder;

    @BeforeEach
    void folders() throws IOException {
        directory = root.resolve("data/plugins");
        pluginFolder = Files.createDirectory(root.resolve("folder"));
    }

    @Test
    void anUploadedArchiveIsKeptForTheNextAgent() throws IOException {
        PluginRelease kept = releases().keep(DEMO.archive());

        PluginRelease release = releases().get("demo@1.0.0");
        assertThat(release.reference()).isEqualTo(kept.reference()).isEqualTo("demo@1.0.0");
        assertThat(release.plugin()).isEqualTo("demo");
        assertThat(release.version()).isEqualTo("1.0.0");
        assertThat(release.config()).containsEntry("name", "A sample").containsEntry("category", "custom");
        assertThat(release.actions())
                .containsExactly(new PluginAction("gradio", "plugin.gradio_interface.app", "serve"));
        assertThat(release.action("gradio")).isPresent();
        assertThat(release.action("train")).isEmpty();
        assertThat(release.digest()).isEqualTo(kept.digest()).matches("[0-9a-f]{64}");
        assertThat(copied(release)).isEqualTo(DEMO.files());
    }

    @Test
    void anArchiveOfAnotherReleaseThanTheExpectedChangesNothing() throws IOException {
        PluginReleases releases = releases();
        String before = releases.keep(DEMO.archive()).digest();

        RefusedException refusal =
                refusal(() -> releases.keep(DEMO.with("more.py", "x = 1").archive(), "other@1"));

        assertThat(refusal).hasMessage("plugin_release is other@1, but the archive holds demo@1.0.0");
        assertThat(entries(directory)).containsExactly("demo@1.0.0.zip");
        assertThat(releases.get("demo@1.0.0").digest()).isEqualTo(before);
    }

    @Test
    void whatAKilledAgentWasReceivingIsGoneWithTheNext() throws IOException {
        releases().keep(DEMO.archive());
        Files.write(directory.resolve("4711.upload"), new byte[100]);

        PluginReleases next = releases();

        assertThat(entries(directory)).containsExactly("demo@1.0.0.zip");
        assertThat(next.list()).hasSize(1);
    }

    @Test
    void anArchiveInAFolderOfItsOwnIsThatOfItsFiles() throws IOException {
        RawZip wrapped = DEMO.wrapped("demo-main").zip().special("demo-main/", RawZip.FOLDER, "");

        PluginRelease release = releases().keep(new ByteArrayInputStream(wrapped.bytes()));

        assertThat(copied(release)).isEqualTo(DEMO.files());
    }

    @Test
    void theDigestIsThatOfTheFilesHoweverTheyCome() throws IOException {
        String uploaded = releases().keep(DEMO.archive()).digest();
        SamplePlugin littered = DEMO.with("__pycache__/gradio_interface.pyc", "x")
                .with("plugin/__pycache__/gradio_interface.pyc", "x")
                .with(".git/HEAD", "x")
                .with(".venv/pyvenv.cfg", "x")
                .with("__MACOSX/._config.yaml", "x")
                .with(".DS_Store", "x");

        assertThat(releases().keep(DEMO.wrapped("demo").archive()).digest()).isEqualTo(uploaded);
        assertThat(releases().keep(littered.archive()).digest()).isEqualTo(uploaded);
        littered.unpack(pluginFolder.resolve("demo"));
        releases().delete("demo@1.0.0");
        assertThat(releases().get("demo@1.0.0").digest()).isEqualTo(uploaded);
        assertThat(copied(releases().get("demo@1.0.0"))).isEqualTo(DEMO.files());
    }

    @Test
    void theDigestIsAnotherForAnotherContentOrPath() throws IOException {
        PluginReleases releases = releases();

        assertThat(List.of(
                        releases.keep(DEMO.archive()).digest(),
                        releases.keep(DEMO.with("a", "b").archive()).digest(),
                        releases.keep(DEMO.with("a", "c").archive()).digest(),
                        releases.keep(DEMO.with("c", "b").archive()).digest(),
                        releases.keep(DEMO.with("a", "").with("b", "").archive())
                                .digest()))
                .doesNotHaveDuplicates();
    }

    @Test
    void theSameReleaseUploadedAgainReplacesItsFiles() throws IOException {
        PluginReleases releases = releases();
        PluginRelease first = releases.keep(DEMO.archive());
        String digest = first.digest();

        PluginRelease second = releases.keep(DEMO.with("more.py", "").archive());

        assertThat(copied(second)).containsKey("more.py");
        assertThat(releases.list()).hasSize(1);
        assertThat(releases.get("demo@1.0.0").digest()).isNotEqualTo(digest);
        assertThat(entries(directory)).containsExactly("demo@1.0.0.zip");
        assertThatThrownBy(() -> first.copyTo(root.resolve("late")))
                .as("a mixture of two archives is not built")
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(409))
                .hasMessageContaining("changed while they were being used");
    }

    @Test
    void theSameFilesUploadedAgainReplaceNothing() throws IOException {
        PluginReleases releases = releases();
        releases.keep(DEMO.archive());
        Object before =
                Files.readAttributes(directory.resolve("demo@1.0.0.zip"), "*").get("fileKey");

        releases.keep(DEMO.wrapped("other").archive());

        assertThat(Files.readAttributes(directory.resolve("demo@1.0.0.zip"), "*")
                        .get("fileKey"))
                .isEqualTo(before);
    }

    @Test
    void aKeptArchiveThatWasDamagedIsReplaced() throws IOException {
        PluginReleases releases = releases();
        releases.keep(DEMO.archive());
        Files.write(directory.resolve("demo@1.0.0.zip"), new byte[100]);
        assertThat(releases.list()).isEmpty();

        releases.keep(DEMO.archive());

        assertThat(copied(releases.get("demo@1.0.0"))).isEqualTo(DEMO.files());
    }

    @Test
    void deletingForgetsTheArchive() throws IOException {
        PluginReleases releases = releases();
        releases.keep(DEMO.archive());
        releases.keep(SamplePlugin.of("other", "2+local").archive());

        releases.delete("demo@1.0.0");

        assertThat(entries(directory)).containsExactly("other@2+local.zip");
        assertThat(refusal(() -> releases.get("demo@1.0.0")).status()).isEqualTo(404);
        assertThat(refusal(() -> releases.delete("demo@1.0.0")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"demo@1.0.0", "demo", "@", "", "../data", "../x", "demo@../../x", "demo@1.0.0.zip", "a@b@c"})
    void anUnknownReleaseIsNotFoundAndBothWaysAreNamed(String lookup) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(root.resolve("data/x.zip"), "not to be touched");
        PluginReleases releases = releases();

        RefusedException refusal = refusal(() -> releases.get(lookup));

        assertThat(refusal.status()).isEqualTo(404);
        assertThat(refusal).hasMessageContaining("createContainer").hasMessageContaining("--plugin-dir");
        assertThat(refusal(() -> releases.delete(lookup)).status()).isEqualTo(404);
        assertThat(root.resolve("data/x.zip")).exists();
    }

    @Test
    void thePluginFolderHoldsFoldersAndArchives() throws IOException {
        DEMO.unpack(pluginFolder.resolve("in-a-folder"));
        SamplePlugin zipped = SamplePlugin.of("zipped", "2.0.0");
        Files.write(pluginFolder.resolve("any-name.zip"), zipped.zip().bytes());
        Files.createSymbolicLink(
                pluginFolder.resolve("linked"), SamplePlugin.of("linked", "3").unpack(root.resolve("elsewhere")));
        Files.writeString(pluginFolder.resolve("README.md"), "not looked at");
        SamplePlugin.of("hidden", "1").unpack(pluginFolder.resolve(".hidden"));
        PluginReleases releases = releases();

        assertThat(releases.list())
                .extracting(PluginRelease::reference)
                .containsExactly("demo@1.0.0", "linked@3", "zipped@2.0.0");
        assertThat(copied(releases.get("zipped@2.0.0"))).isEqualTo(zipped.files());
        DEMO.with("new.py", "x = 1").unpack(pluginFolder.resolve("in-a-folder"));
        assertThat(copied(releases.get("demo@1.0.0"))).containsEntry("new.py", "x = 1");
    }

    @Test
    void whatCannotBeUsedInThePluginFolderIsLeftOutAndNamed() throws IOException {
        DEMO.unpack(pluginFolder.resolve("good"));
        DEMO.unpack(pluginFolder.resolve("second"));
        Path linking = SamplePlugin.of("linking", "1").unpack(pluginFolder.resolve("linking"));
        Files.createSymbolicLink(linking.resolve("outside"), Path.of("/etc"));
        SamplePlugin.of("bare", "1").without("plugin/gradio_interface.py").unpack(pluginFolder.resolve("bare"));
        Files.write(pluginFolder.resolve("damaged.zip"), new byte[100]);
        PluginReleases releases = releases();

        assertThat(releases.list()).extracting(PluginRelease::reference).containsExactly("demo@1.0.0");
        assertThat(releases.get("demo@1.0.0")).hasToString("demo@1.0.0 in the folder good");
        assertThat(refusal(() -> releases.get("linking@1")))
                .hasMessageContaining("outside in the folder linking is a symbolic link")
                .hasMessageContaining("the folder bare has no plugin/gradio_interface.py")
                .hasMessageContaining("the archive damaged.zip is not a zip, or a damaged one")
                .hasMessageContaining("demo@1.0.0 in the folder second is not used");
    }

    @Test
    void aFolderKeepsToTheSameLimits() throws IOException {
        Path large = DEMO.with("data", "x".repeat(6000)).unpack(pluginFolder.resolve("large"));
        SamplePlugin many = SamplePlugin.of("many", "1");
        for (int i = 0; i < 20; i++) {
            many = many.with("f" + i, "");
        }
        many.unpack(pluginFolder.resolve("many"));
        PluginReleases releases = new PluginReleases(directory, pluginFolder, new Limits(10_000, 20, 5000, 100));

        assertThat(refusal(() -> releases.get("demo@1.0.0").digest()))
                .hasMessage("the folder large holds more than 5000 bytes");
        assertThat(refusal(() -> releases.get("many@1")))
                .hasMessageContaining("the folder many has more than 20 files and folders in it");
        assertThat(large).isDirectory();
    }

    @Test
    void thePluginFolderIsNotTheAgentsToDelete() throws IOException {
        DEMO.unpack(pluginFolder.resolve("demo"));
        PluginReleases releases = releases();

        RefusedException refusal = refusal(() -> releases.delete("demo@1.0.0"));

        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal).hasMessageContaining("delete the folder demo there");
        assertThat(releases.list()).hasSize(1);
    }

    @Test
    void anUploadGoesBeforeThePluginFolderUntilItIsDeleted() throws IOException {
        DEMO.with("from", "folder").unpack(pluginFolder.resolve("demo"));
        PluginReleases releases = releases();
        releases.keep(DEMO.with("from", "upload").archive());

        assertThat(releases.list()).hasSize(1);
        assertThat(copied(releases.get("demo@1.0.0"))).containsEntry("from", "upload");
        releases.delete("demo@1.0.0");
        assertThat(copied(releases.get("demo@1.0.0"))).containsEntry("from", "folder");
    }

    @Test
    void aPluginFolderThatWentAwayHidesNoUpload() throws IOException {
        PluginReleases releases = releases();
        releases.keep(DEMO.archive());
        Files.delete(pluginFolder);

        assertThat(releases.list()).hasSize(1);
        assertThat(refusal(() -> releases.get("other@1"))).hasMessageContaining("it cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.yaml", "plugin/gradio_interface.py"})
    void aPluginNeedsItsFiles(String path) throws IOException {
        PluginReleases releases = releases();

        assertThat(refusal(() -> releases.keep(DEMO.without(path).archive()))).hasMessage("the archive has no " + path);
        assertThat(entries(directory)).isEmpty();
    }

    @Test
    void anActionNeedsItsFile() throws IOException {
        PluginReleases releases = releases();
        SamplePlugin training = DEMO.config(DEMO.files().get("config.yaml")
                + "  train:\n    entrypoint: plugin.train.TrainAction\n    method: job\n");

        assertThat(refusal(() -> releases.keep(training.archive())))
                .hasMessage("the archive has no plugin/train.py, the file of its action train");
        assertThat(releases.keep(training.with("plugin/train.py", "").archive()).action("train"))
                .isPresent();
    }

    @Test
    void aConfigIsNotReadToItsEndWhenItIsTooLarge() throws IOException {
        String config = DEMO.files().get("config.yaml") + "#".repeat(PluginConfig.MAX_BYTES);

        assertThat(refusal(() -> releases().keep(DEMO.config(config).archive())))
                .hasMessage("config.yaml in the archive is larger than 262144 bytes");
        assertThat(entries(directory)).isEmpty();
    }

    /** Whoever builds while others upload gets the files of one archive or of the other, or is told to try again. */
    @Test
    void manyThreadsUploadAndBuildAtOnce() throws Exception {
        PluginReleases releases = releases();
        releases.keep(DEMO.archive());
        List<Future<?>> work = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int i = 0; i < 40; i++) {
                String content = "x".repeat(i % 4 * 1000);
                work.add(threads.submit(() ->
                        releases.keep(DEMO.with("a", content).with("z", content).archive())));
                work.add(threads.submit(() -> {
                    Map<String, String> files = copied(releases.get("demo@1.0.0"));
                    assertThat(files.get("z")).isEqualTo(files.get("a"));
                    return files;
                }));
            }
            for (Future<?> part : work) {
                part.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(entries(directory)).containsExactly("demo@1.0.0.zip");
    }

    private PluginReleases releases() throws IOException {
        return new PluginReleases(directory, pluginFolder);
    }

    private Map<String, String> copied(PluginRelease release) throws IOException {
        Path target = Files.createTempDirectory(root, "copy");
        release.copyTo(target);
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(target)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(target.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return files;
    }

    private static List<String> entries(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static RefusedException refusal(ThrowingCallable call) {
        return catchThrowableOfType(RefusedException.class, call);
    }
}

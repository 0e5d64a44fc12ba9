package io.synapse.sdk.embedded.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.embedded.internal.plugin.RawZip.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a stranger may upload: each archive is refused with a sentence that says why, and leaves nothing on disk. */
class HostileArchiveTest {
    private static final int ZSTANDARD = 93;
    private static final int AES = 99;

    @TempDir
    Path folder;

    /** An archive, and what its refusal must say. */
    private record Hostile(byte[] archive, String sentence) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    static Stream<Hostile> paths() {
        return Stream.of(
                named("../evil.py", "../evil.py in the archive leads outside of it"),
                named("plugin/../../evil.py", "leads outside of it"),
                named("__pycache__/../../evil.py", "leads outside of it"),
                named("..", "leads outside of it"),
                named("../", "leads outside of it"),
                named("/etc/cron.d/evil", "/etc/cron.d/evil in the archive has an absolute path"),
                named("//host/share/evil", "absolute path"),
                named("C:/evil.py", "absolute path"),
                named("c:evil.py", "absolute path"),
                named("..\\evil.py", "has a backslash in its name"),
                named("plugin\\evil.py", "has a backslash in its name"),
                named("plugin/evil\0.py", "plugin/evil?.py in the archive has a name with control characters"),
                named("plugin/evil\n.py", "control characters"),
                named("plugin/evil\u202Eyp.exe", "plugin/evil?yp.exe in the archive has a name with"),
                named("plugin/e\u200Bvil.py", "others that cannot be seen"),
                named("plugin/e\u2028vil.py", "others that cannot be seen"),
                named("./evil.py", "with an empty name or a single dot"),
                named("plugin//evil.py", "with an empty name or a single dot"),
                named("", "with an empty name or a single dot"),
                named("a".repeat(256), "has a name of more than 255 bytes"),
                named("a/".repeat(600) + "b", "has a path of more than 1000 characters"),
                new Hostile(
                        good().with(Entry.of("x", new byte[0], RawZip.PLAIN_FILE)
                                        .named(new byte[] {'a', (byte) 0xe9}))
                                .bytes(),
                        "or one that is not UTF-8"));
    }

    static Stream<Hostile> kinds() {
        return Stream.of(
                new Hostile(
                        good().special("passwords", RawZip.LINK, "/etc/passwd").bytes(),
                        "passwords in the archive is a symbolic link"),
                new Hostile(
                        good().special("plugin/here.py", RawZip.LINK, "gradio_interface.py")
                                .bytes(),
                        "is a symbolic link"),
                new Hostile(
                        good().special("folder/", RawZip.LINK, "..").bytes(),
                        "folder in the archive is a symbolic link"),
                new Hostile(good().special("pipe", RawZip.FIFO, "").bytes(), "is neither a plain file nor a folder"),
                new Hostile(
                        good().special("folder", RawZip.FOLDER, "").bytes(), "is neither a plain file nor a folder"),
                new Hostile(
                        good().file("requirements.txt", "other").bytes(),
                        "requirements.txt in the archive is there twice"),
                new Hostile(
                        good().file("Requirements.TXT", "other").bytes(),
                        "Requirements.TXT in the archive and requirements.txt would be one file on some"),
                new Hostile(good().file("plugin", "").bytes(), "plugin in the archive is a file and a folder at once"),
                new Hostile(good().file("PLUGIN", "").bytes(), "PLUGIN in the archive is a file and a folder at once"),
                new Hostile(
                        good().file("data", "")
                                .special("data/", RawZip.FOLDER, "")
                                .bytes(),
                        "data in the archive is a file and a folder at once"));
    }

    static Stream<Hostile> contents() {
        Entry entry = Entry.of("data.bin", "some content".getBytes(StandardCharsets.UTF_8), RawZip.PLAIN_FILE);
        byte[] whole = good().bytes();
        return Stream.of(
                new Hostile(new byte[0], "the archive is empty"),
                new Hostile("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), "the archive is not a zip, or a damaged"),
                new Hostile(random(10_000), "the archive is not a zip, or a damaged"),
                new Hostile(Arrays.copyOf(whole, whole.length / 2), "the archive is not a zip, or a damaged"),
                new Hostile(Arrays.copyOf(whole, whole.length - 1), "the archive is not a zip, or a damaged"),
                new Hostile(
                        Arrays.copyOfRange(whole, whole.length / 3, whole.length),
                        "the archive has no files in it, or is"),
                new Hostile(new RawZip().bytes(), "the archive has no files in it, or is damaged"),
                with(entry.flagged(RawZip.ENCRYPTED), "data.bin in the archive is encrypted"),
                with(entry.flagged(RawZip.ENCRYPTED).method(AES), "data.bin in the archive is encrypted"),
                with(entry.method(ZSTANDARD), "is compressed in a way other than deflate (method 93)"),
                with(entry.sayingSize(5), "data.bin in the archive is damaged: its checksum or its size is wrong"),
                with(entry.sayingSize(1L << 30), "its checksum or its size is wrong"),
                with(entry.sayingChecksum(4711), "its checksum or its size is wrong"),
                with(entry.method(ZipEntry.STORED), "data.bin in the archive is damaged"),
                with(entry.packed(random(100)), "data.bin in the archive is damaged: "),
                with(entry.packed(new byte[0]), "data.bin in the archive is damaged: "));
    }

    static Stream<Hostile> sizes() {
        byte[] blanks = new byte[20 << 20];
        Entry bomb = Entry.of("bomb", blanks, RawZip.PLAIN_FILE);
        RawZip many = good();
        RawZip folders = good();
        for (int i = 0; i < 10_000; i++) {
            many.with(new Entry(("f" + i).getBytes(StandardCharsets.UTF_8), 0, 0, 0, 0, 0, new byte[0]));
            folders.with(new Entry(("f" + i + "/").getBytes(StandardCharsets.UTF_8), 0, 0, 0, 0, 0, new byte[0]));
        }
        return Stream.of(
                with(bomb, "the archive unpacks to more than 100 times its size"),
                with(bomb.sayingSize(10), "the archive unpacks to more than 100 times its size"),
                new Hostile(many.bytes(), "the archive has more than 10000 files and folders in it"),
                new Hostile(folders.bytes(), "the archive has more than 10000 files and folders in it"));
    }

    @ParameterizedTest
    @MethodSource({"paths", "kinds", "contents", "sizes"})
    void isRefusedAndLeavesNothing(Hostile hostile) throws IOException {
        refused(new ByteArrayInputStream(hostile.archive()), Limits.STANDARD, hostile.sentence());
    }

    @Test
    void keepsToTheUnpackedSizeWhateverTheRatio() throws IOException {
        Limits small = new Limits(1 << 20, 100, 5000, 100);

        refused(
                new ByteArrayInputStream(good().file("data", random(6000)).bytes()),
                small,
                "the archive unpacks to more than 5000 bytes");
    }

    /** As much memory as an archive is allowed to be large would hold a million of them. */
    @Test
    void stopsReadingATableOfContentsThatIsTooLong() throws IOException {
        RawZip zip = new RawZip();
        Entry entry = new Entry("x".repeat(1500).getBytes(StandardCharsets.UTF_8), 0, 0, 0, 0, 0, new byte[0]);
        for (int i = 0; i < 1000; i++) {
            zip.with(entry);
        }

        refused(
                new ByteArrayInputStream(zip.bytes()),
                new Limits(10 << 20, 1000, 1 << 20, 100),
                "the archive has more than 1000 files and folders in it, or names that are too long");
    }

    @Test
    @Timeout(60)
    void readsNoMoreOfAnUploadThanAnArchiveMayBeLarge() throws IOException {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };

        refused(endless, new Limits(1 << 20, 100, 1 << 20, 100), "the archive is larger than 1 MiB");
    }

    /** Of damaged archives, each is kept whole or refused, and nothing else happens. */
    @Test
    void refusesWhatIsDamagedAnywhere() throws IOException {
        byte[] whole = good().file("data", random(300)).bytes();
        Random random = new Random(5);
        PluginReleases releases = new PluginReleases(folder.resolve("plugins"), null);
        for (int i = 0; i < 1000; i++) {
            byte[] damaged = whole.clone();
            for (int change = 0; change <= i % 3; change++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                releases.delete(releases.keep(new ByteArrayInputStream(damaged)).reference());
            } catch (RefusedException e) {
                assertThat(e.status()).as(e.getMessage()).isEqualTo(400);
            }
            assertThat(files()).isEmpty();
        }
    }

    private void refused(InputStream archive, Limits limits, String sentence) throws IOException {
        PluginReleases releases = new PluginReleases(folder.resolve("plugins"), null, limits);

        RefusedException refusal = catchThrowableOfType(RefusedException.class, () -> releases.keep(archive));

        assertThat(refusal).hasMessageContaining(sentence);
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.getMessage()).hasSizeLessThan(400).doesNotContain(folder.toString());
        assertThat(files()).isEmpty();
        assertThat(releases.list()).isEmpty();
    }

    /** Everything in reach: the releases' own directory, and the one around it. */
    private List<Path> files() throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(path -> !Files.isDirectory(path)).toList();
        }
    }

    private static RawZip good() {
        return SamplePlugin.of("demo", "1.0.0").zip();
    }

    private static Hostile named(String name, String sentence) {
        return new Hostile(good().file(name, "evil = True").bytes(), sentence);
    }

    private static Hostile with(Entry entry, String sentence) {
        return new Hostile(good().with(entry).bytes(), sentence);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}

package io.synapse.sdk.ray.internal.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.job.WorkingDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder's archive depends on what is in it, and on nothing else. */
class FolderArchiveTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path folder;

    private final TimeZone zone = TimeZone.getDefault();

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(folder.resolve("main.py"), "print('hello')\n");
        Files.createDirectories(folder.resolve("lib/empty"));
        Files.writeString(module(folder), "answer = 42\n");
        Files.writeString(folder.resolve("run.sh"), "exec python main.py\n");
        Files.setPosixFilePermissions(folder.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-x---"));
    }

    @AfterEach
    void resetZone() {
        TimeZone.setDefault(zone);
    }

    @Test
    void theSameContentIsTheSameArchiveWheneverAndWhereverItIsPacked(@TempDir Path other) throws IOException {
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        try (FolderArchive first = FolderArchive.of(WorkingDirectory.of(folder))) {
            Files.createDirectories(other.resolve("lib/empty"));
            Files.copy(module(folder), module(other));
            for (String name : new String[] {"run.sh", "main.py"}) {
                Files.copy(folder.resolve(name), other.resolve(name));
                Files.setLastModifiedTime(other.resolve(name), FileTime.fromMillis(1_000_000_000_000L));
            }
            Files.setPosixFilePermissions(other.resolve("run.sh"), PosixFilePermissions.fromString("rwxrwxrwx"));
            TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));
            try (FolderArchive second = FolderArchive.of(WorkingDirectory.of(other))) {
                assertThat(second.name()).isEqualTo(first.name()).matches("_ray_pkg_[0-9a-f]{40}\\.zip");
                assertThat(second.file()).hasSameBinaryContentAs(first.file());
            }
        }
    }

    @Test
    void noTimeIsWrittenThatDependsOnWhenItIsPacked() throws IOException {
        try (FolderArchive archive = FolderArchive.of(WorkingDirectory.of(folder));
                ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive.file()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(entry.getCreationTime()).as(entry.getName()).isNull();
                assertThat(entry.getLastAccessTime()).as(entry.getName()).isNull();
                assertThat(entry.getLastModifiedTime()).as(entry.getName()).isEqualTo(FileTime.fromMillis(0));
            }
        }
    }

    @Test
    void anyOtherContentHasAnotherName() throws IOException {
        String before = name();
        Files.writeString(folder.resolve("main.py"), "print('hellO')\n");
        String changed = name();
        Files.move(folder.resolve("main.py"), folder.resolve("start.py"));
        String renamed = name();
        Files.setPosixFilePermissions(folder.resolve("run.sh"), PosixFilePermissions.fromString("rw-r-----"));
        String lessExecutable = name();
        Files.delete(folder.resolve("lib/empty"));
        assertThat(Stream.of(before, changed, renamed, lessExecutable, name())).doesNotHaveDuplicates();
    }

    @Test
    void namesContentsEmptyFoldersAndWhatIsExecutableAreKept() throws IOException {
        try (FolderArchive archive = FolderArchive.of(WorkingDirectory.of(folder));
                FileSystem zip = FileSystems.newFileSystem(archive.file(), Map.of("enablePosixFileAttributes", true));
                Stream<Path> packed = Files.walk(zip.getPath("/"))) {
            assertThat(packed.map(Path::toString))
                    .containsExactlyInAnyOrder("/", "/lib", "/lib/empty", "/lib/mödule.py", "/main.py", "/run.sh");
            assertThat(Files.readString(zip.getPath("/lib/mödule.py"))).isEqualTo("answer = 42\n");
            assertThat(Files.getPosixFilePermissions(zip.getPath("/run.sh")))
                    .contains(PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OTHERS_READ);
            assertThat(Files.getPosixFilePermissions(zip.getPath("/main.py")))
                    .doesNotContain(PosixFilePermission.OWNER_EXECUTE)
                    .contains(PosixFilePermission.OWNER_READ);
        }
    }

    @Test
    void whatIsExcludedIsNotThere() throws IOException {
        Files.createDirectory(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/config"), "");
        Files.writeString(folder.resolve(".gitignore"), "*.sh\n");
        Files.writeString(folder.resolve(".rayignore"), "!run.sh\n");
        assertThat(names(WorkingDirectory.of(folder)))
                .containsExactly(
                        ".gitignore", ".rayignore", "lib/", "lib/empty/", "lib/mödule.py", "main.py", "run.sh");
        assertThat(names(WorkingDirectory.of(folder).exclude("/lib/", ".*ignore")))
                .containsExactly("main.py", "run.sh");
        assertThat(names(WorkingDirectory.of(folder).ignoreFiles(List.of(".gitignore"))))
                .contains("main.py")
                .doesNotContain("run.sh");
        assertThat(names(WorkingDirectory.of(folder).ignoreFiles(List.of()).exclude("lib")))
                .containsExactly(".gitignore", ".rayignore", "main.py", "run.sh");
    }

    @Test
    void whatRaysOwnClientLeavesOutIsNotThereUnlessItIsAskedFor() throws IOException {
        for (String name : new String[] {".git", ".venv", "venv", "lib/__pycache__", "lib/venv", "venvs"}) {
            Files.createDirectory(folder.resolve(name));
            Files.writeString(folder.resolve(name).resolve("file"), "");
        }
        Files.writeString(folder.resolve(".gitignore"), "*\n!*/\n!file\n!venv\n");

        assertThat(names(WorkingDirectory.of(folder))).containsExactly("lib/", "lib/empty/", "venvs/", "venvs/file");
        assertThat(names(WorkingDirectory.of(folder).exclude("!venv")))
                .containsExactly(
                        "lib/",
                        "lib/empty/",
                        "lib/venv/",
                        "lib/venv/file",
                        "venv/",
                        "venv/file",
                        "venvs/",
                        "venvs/file");
        assertThat(names(WorkingDirectory.of(folder).exclude("!/venv", "!.git", "!__pycache__")))
                .contains(".git/file", "venv/file", "lib/__pycache__/file")
                .doesNotContain("lib/venv/", ".venv/");
    }

    @Test
    void linksAreFollowedButNotInCircles(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("shared.py"), "x = 1\n");
        Files.createSymbolicLink(folder.resolve("linked"), other);
        assertThat(names(WorkingDirectory.of(folder))).contains("linked/", "linked/shared.py");
        Path circle = Files.createSymbolicLink(folder.resolve("lib/circle"), folder);
        assertThatThrownBy(this::name)
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("the link " + circle + " leads back");
        Files.delete(circle);
        Path broken = Files.createSymbolicLink(folder.resolve("lib/broken"), folder.resolve("nowhere"));
        assertThatThrownBy(this::name)
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("the link " + broken + " leads nowhere");
    }

    @Test
    void whatIsTooLargeIsSaidWithItsLargestFilesAndLeavesNothingBehind() throws IOException {
        byte[] noise = new byte[60 * MEBIBYTE];
        Random random = new Random(1);
        for (String name : new String[] {"weights.bin", "optimizer.bin"}) {
            random.nextBytes(noise);
            Files.write(folder.resolve(name), noise);
        }
        long before = temporaryArchives();
        assertThatThrownBy(this::name)
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("more than the 100.0 MiB that a cluster takes")
                .hasMessageContaining("Of the 120.0 MiB")
                .hasMessageContaining("weights.bin (60.0 MiB)")
                .hasMessageContaining("optimizer.bin (60.0 MiB)");
        assertThat(temporaryArchives()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\b.txt", "lib/a\\b.txt", "c:drive.txt"})
    void namesThatRayWouldLeaveOutAreRefused(String name) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        assertThatThrownBy(this::name).isInstanceOf(BadRequestException.class).hasMessageContaining(file.toString());
        Files.move(file, folder.resolve("lib/c:fine.txt"));
        assertThat(names(WorkingDirectory.of(folder))).contains("lib/c:fine.txt");
    }

    @Test
    void aFolderThatIsNoneIsRefusedAtOnce() {
        assertThatThrownBy(() -> WorkingDirectory.of(folder.resolve("main.py")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("is no folder");
    }

    /** A name that a JVM under a POSIX locale cannot even say, but by its bytes. */
    private static Path module(Path top) {
        return Path.of(URI.create(top.toUri() + "lib/m%C3%B6dule.py"));
    }

    private String name() {
        try (FolderArchive archive = FolderArchive.of(WorkingDirectory.of(folder))) {
            return archive.name();
        }
    }

    private static Stream<String> names(WorkingDirectory directory) throws IOException {
        return FolderContent.of(directory).stream().map(FolderContent.Entry::name);
    }

    private static long temporaryArchives() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().matches("(synapse-|zipfstmp).*"))
                    .count();
        }
    }
}

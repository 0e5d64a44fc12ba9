package io.synapse.sdk.ray.internal.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synapse.sdk.job.WorkingDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is packed is what git itself would take, whatever the ignore files say. */
class GitComparisonTest {
    private static final List<String> NAMES =
            List.of("a", "b", "ab", "a.txt", "b.log", "data", "x-y", "[a]", "a b", "#c", "!d", "A");
    private static final List<String> PATTERNS = List.of(
            "*.log",
            "*.txt",
            "!a.txt",
            "data/",
            "/data",
            "data",
            "a/*",
            "!a/b",
            "**/b",
            "a/**",
            "a/**/b",
            "**",
            "*",
            "!*/",
            "/*",
            "!/a",
            "?",
            "[ab]",
            "[!a]",
            "[^a]*",
            "[a-b].*",
            "[[:upper:]]",
            "\\#c",
            "\\!d",
            "#c",
            "!d",
            "a b",
            "a\\ b",
            "b   ",
            "\\[a\\]",
            "[a]",
            "a/",
            "!a/",
            "*/b",
            "b/*",
            "a*b",
            "x?y",
            "x-[x-z]",
            "[z-a]",
            "[",
            "a[",
            "\\",
            "a\\",
            "**a",
            "a**",
            "a**/b",
            "a**/a**/b.log",
            "data/a**/b",
            "?**/b",
            "[[:a]b",
            "data/**/a",
            "/**/x-y",
            "[]a]b",
            "[a",
            "a/b/",
            "!a/b/",
            "***",
            "a/***/b",
            "/",
            "//",
            "!",
            "a//b",
            "[[:nope:]]",
            "[!-a]",
            "[a-]",
            "[\\]a]*",
            "\\a",
            "*.*",
            ".*");

    @Test
    void theSameFilesAreLeftOut(@TempDir Path folder) throws Exception {
        assumeTrue(isGitThere(), "there is no git to compare with");
        Random random = new Random(11);
        for (int round = 0; round < 60; round++) {
            Path top = Files.createDirectory(folder.resolve("r" + round));
            grow(top, random, 0);
            run(top, "git", "init", "--quiet");
            assertThat(packed(top)).as(describe(top)).isEqualTo(takenByGit(top));
        }
    }

    private static void grow(Path folder, Random random, int depth) throws IOException {
        for (String name : NAMES) {
            int dice = random.nextInt(10);
            Path child = folder.resolve(name);
            if (dice < 3 && depth < 3) {
                grow(Files.createDirectory(child), random, depth + 1);
            } else if (dice < 7) {
                Files.createFile(child);
            }
        }
        if (depth == 0 || random.nextInt(3) == 0) {
            List<String> lines = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                lines.add(PATTERNS.get(random.nextInt(PATTERNS.size())));
            }
            Files.writeString(folder.resolve(".gitignore"), String.join(random.nextBoolean() ? "\n" : "\r\n", lines));
        }
    }

    private static TreeSet<String> packed(Path top) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        FolderContent.of(WorkingDirectory.of(top)).stream()
                .filter(entry -> !entry.isFolder())
                .forEach(entry -> names.add(entry.name()));
        return names;
    }

    private static TreeSet<String> takenByGit(Path top) throws Exception {
        String files = run(top, "git", "ls-files", "-z", "--others", "--exclude-per-directory=.gitignore");
        return new TreeSet<>(files.isEmpty() ? List.of() : List.of(files.split("\0")));
    }

    private static String describe(Path top) throws IOException {
        StringBuilder text = new StringBuilder();
        try (var files = Files.walk(top)) {
            for (Path file : files.filter(path -> path.endsWith(".gitignore")).toList()) {
                text.append(top.relativize(file))
                        .append(": ")
                        .append(Files.readAllLines(file))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static boolean isGitThere() throws InterruptedException {
        try {
            return new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}

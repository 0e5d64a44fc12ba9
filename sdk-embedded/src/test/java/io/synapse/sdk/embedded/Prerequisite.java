package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Programs that tests need and cannot bring along: {@code bin/test} installs them and says where they are. Tests without
 * theirs are skipped, except in continuous integration, where they fail.
 */
public final class Prerequisite {
    private Prerequisite() {}

    /** The Python that jobs find. */
    public static void python() {
        boolean there = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
        require(there, "there is no python3 on the PATH");
    }

    /** A program; the system property names it, or the folder in which it is under {@code relative}. */
    public static Path program(String property, String relative, String what) {
        String value = System.getProperty(property, "");
        Path program = Path.of(value).resolve(relative);
        boolean there = !value.isEmpty() && Files.isExecutable(program);
        require(there, "the system property " + property + " names no " + what + ": '" + value + "'");
        return program;
    }

    private static void require(boolean there, String missing) {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as(missing).isTrue();
        }
        assumeTrue(there, missing);
    }
}

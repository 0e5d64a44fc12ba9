package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Programs that tests need and cannot bring along: {@code bin/test} installs them and says where they are. Tests without
 * theirs are skipped, except in continuous integration, where they fail.
 */
public final class Prerequisite {
    private Prerequisite() {}

    /** A program; the system property names it, or the folder in which it is under {@code relative}. */
    public static Path program(String property, String relative, String what) {
        String value = System.getProperty(property, "");
        Path program = Path.of(value).resolve(relative);
        boolean there = !value.isEmpty() && Files.isExecutable(program);
        String missing = "the system property " + property + " names no " + what + ": '" + value + "'";
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as(missing).isTrue();
        }
        assumeTrue(there, missing);
        return program;
    }
}

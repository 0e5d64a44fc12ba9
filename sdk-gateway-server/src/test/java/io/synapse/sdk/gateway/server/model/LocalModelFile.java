package io.synapse.sdk.gateway.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file of a real model, which {@code tools/local-model} installs and the system property {@code synapse.local-model}
 * names.
 */
public final class LocalModelFile {
    private LocalModelFile() {}

    /** Where it is; without it the tests are skipped, except in continuous integration, where they fail. */
    public static Path path() {
        String path = System.getProperty("synapse.local-model", "");
        boolean there = !path.isEmpty() && Files.isRegularFile(Path.of(path));
        String missing = "the system property synapse.local-model names no file of a model: '" + path + "'";
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as(missing).isTrue();
        }
        assumeTrue(there, missing);
        return Path.of(path);
    }
}

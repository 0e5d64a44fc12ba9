package io.synapse.sdk.experiments.internal;

import io.synapse.sdk.embedded.internal.Database;
import io.synapse.sdk.experiments.EmbeddedExperiments;
import java.io.IOException;
import java.nio.file.Path;

/** The records of a server, without the server. */
public final class TestDatabase {
    private TestDatabase() {}

    public static Database open(Path folder) throws IOException {
        return Database.open(
                folder.resolve("experiments.db"), new Database.Schema("test", 3, EmbeddedExperiments.class, "-"));
    }
}

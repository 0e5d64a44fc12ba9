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
                folder.resolve("experiments.db"),
                new Database.Schema("test", newestVersion(), EmbeddedExperiments.class, "-"));
    }

    private static int newestVersion() {
        int version = 1;
        while (EmbeddedExperiments.class.getResource("schema-" + (version + 1) + ".sql") != null) {
            version++;
        }
        return version;
    }
}

package io.synapse.sdk.benchmarks;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.agent.AgentClient;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** P9: how large the SDK's own jars are. */
final class JarSize implements Benchmark {
    private static final long LIMIT = 480_000;

    @Override
    public String id() {
        return "P9";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException {
        long core = size(ClientException.class);
        long agent = size(AgentClient.class);
        String result = String.format(
                Locale.ROOT,
                "sdk-core %.1f KB + sdk-agent %.1f KB = %.1f KB",
                core / 1e3,
                agent / 1e3,
                (core + agent) / 1e3);
        return List.of(
                new Finding(id(), "size of the core and agent jars", "", result, "< 480 KB", core + agent < LIMIT));
    }

    private static long size(Class<?> inside) throws IOException {
        try {
            Path jar = Path.of(
                    inside.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (!Files.isRegularFile(jar)) {
                throw new IOException("run it from the packaged module: " + jar + " is no jar");
            }
            return Files.size(jar);
        } catch (URISyntaxException e) {
            throw new IOException("where the jar of " + inside + " is cannot be told", e);
        }
    }
}

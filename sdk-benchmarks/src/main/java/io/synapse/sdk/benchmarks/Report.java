package io.synapse.sdk.benchmarks;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import okhttp3.OkHttp;

/**
 * The results as a Markdown document.
 *
 * @param command how they were got
 * @param clock what day it is
 * @param rows the results
 */
record Report(String command, Clock clock, List<Row> rows) {
    private static final String INTRODUCTION = """
            # Benchmarks

            What the SDK costs, side by side with bare libraries and with other clients. A ratio is the SDK's figure \
            divided by the other's of the same round; given are the median and, in brackets, the least and the greatest \
            of all rounds. For lines a second more is better, for everything else less. Each contender of P1, P2, P3, \
            P5, P6, P7, P10 and W1 to W5 is a process of its own, warmed up where it is not the start that is measured; \
            P4, P8 and E4 are JMH's, a fork a round. The fast server (`sdk-benchmarks`) sends what was made before, so that it is the \
            client that is measured; the embedded agent is a real one. Both are other processes on the same machine; \
            so are the Ray cluster of P10, the replicas of G1, the gateways of G2 to G4, the experiment servers of E1 to E3 and the \
            Docker Engine of W1 to W5, where all contenders work in one container. The contenders of a protocol of G2 take turns every few \
            milliseconds in one process.
            """;

    String text() throws IOException {
        return INTRODUCTION + "\n" + surroundings() + "\n\n" + table();
    }

    private String surroundings() throws IOException {
        return String.join(
                "\n",
                "- date: " + LocalDate.now(clock),
                "- command: `" + command + "`",
                "- machine: " + machine(),
                "- JVM: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                "- libraries: OkHttp " + OkHttp.VERSION + ", Jackson "
                        + com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION + ", Java-WebSocket "
                        + version(org.java_websocket.WebSocket.class) + ", docker-java " + version(DockerClient.class));
    }

    private static String machine() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        String model = Files.exists(cpus)
                ? Files.readAllLines(cpus).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 2))
                        .findFirst()
                        .orElse("unknown processor")
                : "unknown processor";
        return Runtime.getRuntime().availableProcessors() + " x " + model + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version");
    }

    private static String version(Class<?> library) {
        String path =
                library.getProtectionDomain().getCodeSource().getLocation().getPath();
        return path.replaceAll(".*?([0-9][0-9.]*)\\.jar", "$1");
    }

    private String table() {
        return rows.stream().map(Report::line).collect(Collectors.joining("\n", """
                        | id | work | server | against | SDK | other | result | target | met |
                        |---|---|---|---|---|---|---|---|---|
                        """, "\n"));
    }

    private static String line(Row row) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %s | %s | %s |",
                row.id(),
                row.work(),
                row.server(),
                row.peer(),
                row.ours(),
                row.theirs(),
                row.result(),
                row.goal(),
                row.goal().isEmpty() ? "" : row.isMet() ? "yes" : "**no**");
    }
}

package io.synapse.sdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is code that is compiled and run, and what it links to is there. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void everySnippetStandsInCodeThatIsTested() throws IOException {
        List<String> snippets = matches("(?s)```java\n(.*?)```");
        String code = folded(Files.readString(source("main", "ReadmeExample")))
                + folded(Files.readString(source("main", "RunPlugin")))
                + folded(Files.readString(source("main", "SharedWorkspace")))
                + folded(Files.readString(source("main", "GatewayWorkflow")))
                + folded(Files.readString(source("main", "ExperimentSweep")))
                + folded(Files.readString(ROOT.resolve(
                        "sdk-observability/src/test/java/io/synapse/sdk/observability/MonitoredClientTest.java")))
                + folded(Files.readString(source("test", "MyTest")))
                + folded(Files.readString(source("test", "SweepTest")));

        assertThat(snippets).hasSize(9).allSatisfy(snippet -> assertThat(code).contains(folded(snippet)));
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> links = matches("\\]\\(([^)#:]+)\\)");

        assertThat(links)
                .hasSizeGreaterThan(8)
                .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
    }

    @Test
    void theCommandsAreThere() throws IOException {
        assertThat(matches("(?m)^(bin/[a-z-]+)$"))
                .containsExactly(
                        "bin/quickstart",
                        "bin/run-plugin",
                        "bin/shared-workspace",
                        "bin/gateway-workflow",
                        "bin/experiment-sweep",
                        "bin/test",
                        "bin/benchmarks")
                .allSatisfy(command -> assertThat(ROOT.resolve(command)).isExecutable());
    }

    private static List<String> matches(String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static Path source(String kind, String name) {
        return Path.of("src", kind, "java", "io", "synapse", "sdk", "examples", name + ".java");
    }

    private static String folded(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}

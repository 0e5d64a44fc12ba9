package io.synapse.sdk.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.benchmarks.contender.Token;
import io.synapse.sdk.benchmarks.server.FastServer;
import io.synapse.sdk.benchmarks.server.LogShape;
import io.synapse.sdk.job.JobOperations;
import io.synapse.sdk.ray.RayClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is measured is the real thing: the fast server's logs come whole, in every way that it sends them. */
@Timeout(60)
class FastServerIT {
    private static final int LINES = 2 * LogShape.BLOCK_LINES;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        server = new ServerProcess(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FastServer.class.getName()));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    static Stream<Arguments> ways() {
        return Stream.of("agent", "ray")
                .flatMap(kind -> Stream.of(TailProtocol.HTTP, TailProtocol.WEBSOCKET)
                        .flatMap(protocol ->
                                Stream.of(1, 80).map(linesPerEvent -> Arguments.of(kind, protocol, linesPerEvent))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aFinishedLogComesWhole(String kind, TailProtocol protocol, int linesPerEvent) {
        String job = LogShape.finished(LINES, linesPerEvent).jobId();
        TailOptions options = TailOptions.DEFAULT.protocol(protocol).limits(StreamLimits.NONE);
        try (AgentClient agent = AgentClient.builder()
                        .baseUrl(server.url())
                        .agentToken(Token.VALUE)
                        .build();
                RayClient ray = RayClient.builder().baseUrl(server.url()).build()) {
            JobOperations client = kind.equals("ray") ? ray : agent;
            try (LogStream log = client.tailJobLogs(job, options)) {
                List<String> lines = log.stream().toList();

                assertThat(lines)
                        .hasSize(LINES)
                        .allSatisfy(line -> assertThat(line).hasSize(LogShape.LINE_BYTES - 1));
                assertThat(lines.stream().distinct()).as("lines of a block").hasSize(LogShape.BLOCK_LINES);
                assertThat(lines.stream().skip(LINES / 2).collect(Collectors.toList()))
                        .isEqualTo(lines.subList(0, LINES / 2));
                assertThat(log.finalStatus()).contains(JobStatus.SUCCEEDED);
            }
        }
    }
}

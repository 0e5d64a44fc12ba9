package io.synapse.sdk.agent.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.agent.Operations;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The log of a build is followed as that of a job is, over real sockets. */
@Timeout(30)
class BuildLogTest {
    private static final String COMPLETE = "{\"type\": \"complete\"}";

    private ScriptedAgent agent;
    private AgentClient client;

    @AfterEach
    void close() throws IOException {
        client.close();
        agent.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = TailProtocol.class,
            names = {"WEBSOCKET", "HTTP"})
    void itGoesOnByOffsetAfterABrokenConnection(TailProtocol protocol) throws IOException {
        start((number, reply) -> {
            reply.accept();
            if (number == 0) {
                agent.status = "building";
                reply.send(log("one\ntw", 6));
                reply.cutWithin(log("o\n", 8));
            } else {
                agent.status = "completed";
                reply.send(log("two\n", 8));
                reply.send(COMPLETE);
                reply.end();
            }
        });

        try (LogStream log = client.tailBuildLogs("b1", TailOptions.DEFAULT.protocol(protocol))) {
            assertThat(log.stream()).containsExactly("one", "two");
            assertThat(log.finalStatus()).contains(JobStatus.SUCCEEDED);
            assertThat(log.statistics().reconnects()).isEqualTo(1);
        }
        String path = protocol == TailProtocol.HTTP ? "/builds/b1/logs/stream/" : "/builds/b1/logs/";
        assertThat(agent.requests)
                .containsExactly(
                        path, "/builds/b1/", "/builds/b1/", path + "?offset=6&max_event=262144", "/builds/b1/");
    }

    @ParameterizedTest
    @CsvSource({"completed, SUCCEEDED", "failed, FAILED", "cancelled, STOPPED"})
    void howTheBuildEndedIsTheFinalStatus(String build, String log) throws IOException {
        start((number, reply) -> {
            agent.status = build;
            reply.accept();
            reply.send(log("one\n", 4));
            reply.send(COMPLETE);
            reply.end();
        });

        assertThat(Operations.ASYNCHRONOUS.call(client, "tailBuildLogs", "b1")).isEqualTo(new JobStatus(log));
        assertThat(Operations.BLOCKING.call(client, "tailBuildLogs", "b1")).isEqualTo(List.of("one"));
    }

    @Test
    void anAgentWithoutBuildLogsIsNamedAsSuch() throws IOException {
        start((number, reply) -> reply.refuse(404, "{\"detail\": \"Not Found\"}"));

        assertThatThrownBy(() -> read("b1"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageEndingWith("Not Found; or this agent does not give out the logs of builds");
        assertThat(agent.requests).containsExactly("/builds/b1/logs/", "/builds/b1/logs/stream/");
    }

    @Test
    void anErrorNamesTheBuild() throws IOException {
        start((number, reply) -> {
            reply.accept();
            reply.send("{\"type\": \"error\", \"message\": \"disk full\"}");
            reply.end();
        });

        assertThatThrownBy(() -> read("b1"))
                .isInstanceOf(ServerException.class)
                .hasMessage("the server ended the log of build b1: disk full");
    }

    private void start(ScriptedAgent.Script script) throws IOException {
        agent = new ScriptedAgent(script);
        client = AgentClient.builder().baseUrl(agent.url()).agentToken("token").build();
    }

    private void read(String build) {
        try (LogStream log = client.tailBuildLogs(build)) {
            log.forEach(line -> {});
        }
    }

    private static String log(String text, long offset) {
        return "{\"type\": \"log\", \"message\": \"" + text.replace("\n", "\\n") + "\", \"offset\": " + offset + "}";
    }
}

package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.RayClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a job prints, and however: what is followed is what the log file has, over each protocol. */
@WithRayCluster
@Timeout(60)
@Tag("one-jdk")
class RayLogContentIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The Python that prints it; {@code out} writes bytes, each call at once. */
    private enum Content {
        /** More than the 4 MiB that a hop of the WebSocket takes in one piece. */
        TEN_LINES_OF_500_KB_IN_ONE_WRITE("out((b\"x\" * 500_000 + b\"\\n\") * 10)"),
        LINES_OF_ONE_MEGABYTE("[out(str(i).encode() * 1_000_000 + b\"\\n\") for i in range(6)]"),
        INVALID_UTF_8(
                "out(b\"good\\n\\xff\\xfe bad \\xc3( \\xe2\\x82\\n\\xf0\\x9f\\x99\\n\"); sleep(2); out(b\"end\\n\")"),
        GARBAGE("out(Random(7).randbytes(300_000))"),
        CHARACTERS_IN_TWO_WRITES("[(out(character[:1]), sleep(1.5), out(character[1:])) for character in"
                + " (\"\\u00fc\".encode(), \"\\u6f22\".encode(), \"\\U0001f642\\n\".encode())]"),
        CARRIAGE_RETURNS("out(b\"one\\r\\n\\r\\ntwo\\r10%\\r20%\\n\"); sleep(3); out(b\"\\r\\nend\\r\\n\")"),
        LAST_LINE_WITHOUT_NEWLINE("out(b\"first\\nlast\")"),
        NO_LINES("out(b\"\")");

        private final String python;

        Content(String python) {
            this.python = python;
        }

        String command() {
            return "python -c 'import os; from time import sleep; from random import Random\n"
                    + "def out(text):\n"
                    + "    while text: text = text[os.write(1, text):]\n" + python + "'";
        }
    }

    private static final Map<Content, String> JOBS = new EnumMap<>(Content.class);
    private static final Map<String, Following> FOLLOWINGS = new HashMap<>();

    /** All at once, since most of what a job takes is waiting. */
    @BeforeAll
    static void follow(RayClient client) {
        for (Content content : Content.values()) {
            String job = client.submitJob(JobSubmission.of(content.command()));
            JOBS.put(content, job);
            for (TailProtocol protocol : TailProtocol.values()) {
                FOLLOWINGS.put(content + " " + protocol, Following.start(client, job, protocol));
            }
        }
    }

    static Stream<Arguments> contents() {
        return Arrays.stream(Content.values())
                .flatMap(content ->
                        Arrays.stream(TailProtocol.values()).map(protocol -> Arguments.of(content, protocol)));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void textIsThatOfTheFile(Content content, TailProtocol protocol, RayCluster cluster) throws Exception {
        String job = JOBS.get(content);
        Following following = FOLLOWINGS.get(content + " " + protocol);

        following.assertEnded(JobStatus.SUCCEEDED);

        String text = Following.text(cluster.jobLog(job));
        if (protocol == TailProtocol.WEBSOCKET && content == Content.CARRIAGE_RETURNS) {
            assertThat(following.received().replace("\r\n", "\n").replace('\r', '\n'))
                    .isEqualTo(text.replace("\r\n", "\n").replace('\r', '\n'));
        } else {
            Following.assertSame(following.received(), text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void linesAreThoseOfTheFile(Content content, RayClient client, RayCluster cluster) throws Exception {
        String job = JOBS.get(content);
        client.waitForJob(job, PATIENCE);

        try (LogStream log = client.tailJobLogs(job, Following.options(TailProtocol.AUTO))) {
            String lines = log.stream().collect(Collectors.joining("\n"));

            String text = Following.text(cluster.jobLog(job)).replace("\r\n", "\n");
            Following.assertSame(lines, text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
            assertThat(log.finalStatus()).contains(JobStatus.SUCCEEDED);
        }
    }

    /** It says its last words when it is told to stop. */
    @ParameterizedTest
    @EnumSource
    void aStoppedJobsLogIsWhole(TailProtocol protocol, RayClient client, RayCluster cluster) throws Exception {
        String job = client.submitJob(JobSubmission.of("trap 'seq 5000; sleep 0.5; echo bye; exit' TERM;"
                + " for i in $(seq 1000000); do echo $i; sleep 0.01; done"));
        try (Following following = Following.start(client, job, protocol)) {
            following.awaitText("\n50\n");

            client.stopJob(job);

            following.assertComplete(cluster.jobLog(job), JobStatus.STOPPED);
            assertThat(following.received()).contains("\n5000\n");
        }
    }

    /** Before it begins, while it runs, at its very end, and after. */
    @Test
    void itDoesNotMatterWhenAJobEnds(RayClient client, RayCluster cluster) throws Exception {
        String job = client.submitJob(JobSubmission.of("echo first; sleep 0.5; seq 1000; sleep 0.5; echo last"));
        List<Following> all = new ArrayList<>();
        for (boolean over = false; !over; ) {
            over = client.getJob(job).status().isTerminal();
            for (TailProtocol protocol : TailProtocol.values()) {
                all.add(Following.start(client, job, protocol));
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }

        for (Following following : all) {
            following.assertComplete(cluster.jobLog(job), JobStatus.SUCCEEDED);
        }
    }
}

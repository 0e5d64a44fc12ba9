package io.synapse.sdk.benchmarks;

import io.synapse.sdk.benchmarks.contender.FollowWithJavaWebSocket;
import io.synapse.sdk.benchmarks.contender.FollowWithOkHttp;
import io.synapse.sdk.benchmarks.contender.FollowWithSdk;
import io.synapse.sdk.benchmarks.server.AgentServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** P1 and P2: a long log of a finished job, followed to its end as fast as it comes. */
final class FollowFinishedLog implements Benchmark {
    /** An event of a line, and one of 8 KB. */
    static final List<Integer> LINES_PER_EVENT = List.of(1, 80);

    private static final Target TARGET = Target.atLeast(0.9);

    private final String id;
    private final String protocol;
    private final List<Peer> peers;

    /** Something to follow a log with, and how fast the SDK should be in comparison. */
    private record Peer(String name, Class<?> program, List<String> arguments, Target target) {}

    private FollowFinishedLog(String id, String protocol, List<Peer> peers) {
        this.id = id;
        this.protocol = protocol;
        this.peers = peers;
    }

    /** P1: over HTTP. */
    static FollowFinishedLog overHttp() {
        return new FollowFinishedLog(
                "P1",
                "http",
                List.of(
                        new Peer(
                                "OkHttp + BufferedReader, only counts",
                                FollowWithOkHttp.class,
                                List.of("events"),
                                TARGET),
                        new Peer(
                                "OkHttp + Jackson, takes the lines",
                                FollowWithOkHttp.class,
                                List.of("lines"),
                                Target.NONE)));
    }

    /** P2: over a WebSocket. */
    static FollowFinishedLog overWebSocket() {
        return new FollowFinishedLog(
                "P2",
                "websocket",
                List.of(new Peer("Java-WebSocket, only counts", FollowWithJavaWebSocket.class, List.of(), TARGET)));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        long lines = workbench.options().lines();
        for (int linesPerEvent : LINES_PER_EVENT) {
            String job = Workbench.finished(lines, linesPerEvent);
            rows.addAll(compare(workbench, work(lines, linesPerEvent), "fast server", workbench.fastServer(), job));
        }
        rows.addAll(compare(workbench, work(lines, 100), "embedded agent", workbench.agent(), AgentServer.JOB));
        return rows;
    }

    /** Each follows the log twice, and the second time counts. */
    private List<Row> compare(Workbench workbench, String work, String server, String url, String job)
            throws IOException, InterruptedException {
        long lines = workbench.options().lines();
        List<Double> sdk = new ArrayList<>();
        List<List<Double>> others = new ArrayList<>();
        peers.forEach(peer -> others.add(new ArrayList<>()));
        for (int round = 1; round <= workbench.options().rounds(); round++) {
            workbench.progress("%s %s, %s: round %d".formatted(id, work, server, round));
            List<String> program = workbench.java(FollowWithSdk.class, "agent", protocol, url, job, job);
            Program.Output output = new Program(program).run();
            if (output.value("came") != lines) {
                throw new IllegalStateException("not all lines came");
            }
            sdk.add(lines / output.value("seconds"));
            for (int peer = 0; peer < peers.size(); peer++) {
                List<String> arguments = new ArrayList<>(peers.get(peer).arguments());
                arguments.addAll(List.of(url, job, job));
                others.get(peer)
                        .add(lines
                                / new Program(workbench.java(
                                                peers.get(peer).program(), arguments.toArray(String[]::new)))
                                        .run()
                                        .value("seconds"));
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int peer = 0; peer < peers.size(); peer++) {
            Peer other = peers.get(peer);
            rows.add(new Comparison(
                    id,
                    work,
                    server,
                    other.name(),
                    Comparison.Unit.LINES_PER_SECOND,
                    new Samples(sdk),
                    new Samples(others.get(peer)),
                    other.target()));
        }
        return rows;
    }

    private String work(long lines, int linesPerEvent) {
        return String.format(Locale.ROOT, "follow %,d lines, %s, ", lines, protocol)
                + (linesPerEvent == 1 ? "a line an event" : linesPerEvent + " lines an event");
    }
}

package io.synapse.sdk.experiments.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.websocket.WsConnectContext;
import io.synapse.sdk.embedded.internal.DaemonThreads;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.file.JobLogs;
import io.synapse.sdk.experiments.internal.file.JobLookup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * {@code queue/job/{uid}/ws/logs}: the standard output of a job over a WebSocket, for people and browsers
 * (wire/experiments.md, section 4). Programs follow it by offsets, see {@link JobLogRoutes}.
 */
public final class JobLogSockets implements AutoCloseable {
    private static final String PATH = "/api/queue/job/{uid}/ws/logs";

    private final JobLogs logs;
    private final JobLookup jobs;
    private final ExecutorService writers = Executors.newCachedThreadPool(new DaemonThreads("experiments-log-socket"));
    private final Map<String, JobLogSocket> sockets = new ConcurrentHashMap<>();

    public JobLogSockets(JobLogs logs, JobLookup jobs) {
        this.logs = logs;
        this.jobs = jobs;
    }

    /** Adds the route. */
    public void register(RoutesConfig routes) {
        routes.wsBeforeUpgrade(PATH, request -> requireJob(request.pathParam("uid")));
        routes.ws(PATH, socket -> {
            socket.onConnect(this::open);
            socket.onClose(context -> close(context.sessionId()));
            socket.onError(context -> close(context.sessionId()));
        });
    }

    @Override
    public void close() {
        writers.shutdownNow();
    }

    private void requireJob(String uid) {
        if (jobs.find(uid).isEmpty()) {
            throw Failure.notFound("Job not found: " + uid);
        }
    }

    private void open(WsConnectContext context) {
        JobLogSocket socket = new JobLogSocket(context.session, context.pathParam("uid"), logs, jobs);
        sockets.put(context.sessionId(), socket);
        writers.execute(socket);
    }

    private void close(String session) {
        JobLogSocket socket = sockets.remove(session);
        if (socket != null) {
            socket.stop();
        }
    }
}

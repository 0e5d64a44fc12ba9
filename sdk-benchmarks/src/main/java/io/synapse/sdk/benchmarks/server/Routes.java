package io.synapse.sdk.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which reply is for which request. Thread-safe. */
final class Routes {
    /** How many jobs are listed. */
    static final int JOBS = 20_000;

    private static final Pattern JOB = Pattern.compile("(?:api/)?jobs/([^/]+)");
    private static final Pattern AGENT_LOG = Pattern.compile("jobs/([^/]+)/logs(/stream)?");
    private static final Pattern RAY_LOG = Pattern.compile("api/jobs/([^/]+)/logs/tail");
    private static final Pattern RAY_FILE = Pattern.compile(".*\\bfilename=job-driver-([^&]+)\\.log\\b.*");
    private static final byte[] STREAM_HEAD =
            ascii("HTTP/1.1 200 -\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n");

    private final Map<String, Reply> documents = new ConcurrentHashMap<>();
    private final Map<Framing, Map<Integer, byte[]>> blocks = new ConcurrentHashMap<>();
    private final byte[] text = LogShape.text(0, LogShape.BLOCK_LINES);

    Routes() {
        documents.put("health", Reply.document(200, ascii("{\"status\": \"healthy\"}")));
        documents.put("api/version", Reply.document(200, ascii("{\"version\": \"4\", \"ray_version\": \"2.58.0\"}")));
        documents.put("api/v1/claude/plan", Reply.document(200, Plans.document()));
        documents.put("jobs", Reply.document(200, Jobs.list(JOBS)));
    }

    Reply to(RequestHead request) {
        Matcher agentLog = AGENT_LOG.matcher(request.path());
        if (agentLog.matches()) {
            boolean isWebSocket = agentLog.group(2) == null;
            return log(agentLog.group(1), isWebSocket ? Framing.AGENT_WEB_SOCKET : Framing.AGENT_HTTP, request);
        }
        Matcher rayLog = RAY_LOG.matcher(request.path());
        if (rayLog.matches()) {
            return log(rayLog.group(1), Framing.RAY_WEB_SOCKET, request);
        }
        Matcher rayFile = RAY_FILE.matcher(request.query());
        if (rayFile.matches()) {
            return log(rayFile.group(1), Framing.RAY_FILE, request);
        }
        return documents.computeIfAbsent(request.path(), Routes::document);
    }

    private static Reply document(String path) {
        Matcher job = JOB.matcher(path);
        return job.matches()
                ? Reply.document(200, Jobs.job(job.group(1)))
                : Reply.document(404, ascii("{\"detail\": \"there is nothing here\"}"));
    }

    private Reply log(String jobId, Framing framing, RequestHead request) {
        LogShape shape = LogShape.of(jobId);
        byte[] head = request.webSocketKey().isEmpty() ? STREAM_HEAD : upgrade(request.webSocketKey());
        if (shape.live()) {
            return Reply.eachSecond(head, framing.pack(LogShape.text(0, 1), 1), shape.lines(), framing.end());
        }
        byte[] block = blocks.computeIfAbsent(framing, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(shape.linesPerEvent(), lines -> framing.pack(text, lines));
        return Reply.repeated(head, block, shape.lines() / LogShape.BLOCK_LINES, framing.end());
    }

    private static byte[] upgrade(String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1").digest(ascii(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
            return ascii("HTTP/1.1 101 -\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: "
                    + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static byte[] ascii(String words) {
        return words.getBytes(StandardCharsets.US_ASCII);
    }
}

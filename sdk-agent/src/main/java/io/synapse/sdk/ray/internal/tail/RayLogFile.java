package io.synapse.sdk.ray.internal.tail;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.ServerException;
import java.time.Duration;

/**
 * The file on a node that a job's log is in, as the dashboard's state API gives it out: byte for byte, from the
 * beginning (wire/ray.md, section 2). It is asked for by its name, since finding it by the submission id makes the
 * server list all jobs first.
 *
 * @param node the id of the node
 * @param submissionId the id of the job
 */
public record RayLogFile(String node, String submissionId) {
    /** The server's own limit is 30 s, which a long log or a slow reader exceeds. */
    private static final Duration LONGEST_READ = Duration.ofDays(7);

    /** How often the server looks whether the file has grown, in seconds. */
    private static final double LOOK_INTERVAL = 0.2;

    /** The file as it is now, to its end. */
    public Endpoint<String> asItIs() {
        return request("file").query("timeout", LONGEST_READ.toSeconds());
    }

    /** The file as it is and as it grows; the server never ends it, not even when the job does. */
    public Endpoint<String> asItGrows() {
        return request("stream").query("interval", LOOK_INTERVAL);
    }

    private Endpoint<String> request(String way) {
        return Endpoint.get("api/v0/logs/" + way, ResponseType.text())
                .query("node_id", node)
                .query("filename", "job-driver-" + submissionId + ".log")
                .query("lines", -1)
                .query("format", "text") // before 2.45 each chunk begins with a status byte otherwise
                .header("Accept-Encoding", "identity")
                .callTimeout(Duration.ZERO);
    }

    /** The whole text, unless it ends in the report of a failure, as {@link FileText} says. */
    public static Operation<String> withoutReport(Operation<String> whole, Operation<Boolean> failsInBand) {
        return whole.then(text -> {
            int report = text.lastIndexOf(FileText.REPORT_TEXT);
            return report < 0
                    ? Operation.of(text)
                    : failsInBand.map(fails -> {
                        if (!fails) {
                            return text;
                        }
                        String why = text.substring(report + FileText.REPORT_TEXT.length());
                        throw FileText.isMissing(why)
                                ? new NotFoundException(Failure.of(404, why))
                                : new ServerException(Failure.of(500, why));
                    });
        });
    }
}

package io.synapse.sdk.ray;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * Answers of the state API. Those in files are a real dashboard's (Ray 2.58.0), but for its addresses; so is the form of
 * the GPUs in node-reports.json, which Ray's own code has written, but not their values.
 */
final class StateSamples {
    private StateSamples() {}

    /** A response of a real dashboard. */
    static String recorded(String name) {
        try (InputStream file = StateSamples.class.getResourceAsStream("/ray/state/" + name + ".json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An answer like a real one.
     *
     * @param entries of the list, as JSON
     * @param failure and warnings, as JSON
     */
    static String envelope(int total, int lookedAt, int filtered, String entries, String failure, String warnings) {
        return ("{\"result\":true,\"msg\":\"\",\"data\":{\"result\":{\"total\":%d,\"num_after_truncation\":%d,"
                        + "\"num_filtered\":%d,\"result\":[%s],\"partial_failure_warning\":%s,\"warnings\":%s}}}")
                .formatted(total, lookedAt, filtered, entries, failure, warnings);
    }

    /** So many tasks. */
    static String[] tasks(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "{\"task_id\":\"t" + i + "\"}")
                .toArray(String[]::new);
    }
}

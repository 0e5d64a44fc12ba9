package io.synapse.sdk.benchmarks.contender;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Gets the file that the log of a Ray job is in, by one plain request, and only counts its lines. */
public final class GetRayLogFile {
    private static final int BUFFER_BYTES = 64 << 10;

    private GetRayLogFile() {}

    /**
     * Runs it.
     *
     * @param args the id of the driver's node; then as for any follower
     */
    public static void main(String[] args) throws Exception {
        OkHttpClient client = new OkHttpClient();
        Follower.time(
                (url, job) -> {
                    Request request = new Request.Builder()
                            .url(url + "/api/v0/logs/file?node_id=" + args[0] + "&filename=job-driver-" + job
                                    + ".log&lines=-1&format=text")
                            .header("Accept-Encoding", "identity")
                            .build();
                    try (Response answer = client.newCall(request).execute()) {
                        return lines(answer.body().byteStream());
                    }
                },
                Arrays.copyOfRange(args, 1, args.length));
    }

    private static long lines(InputStream content) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long lines = 0;
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            for (int at = 0; at < read; at++) {
                lines += buffer[at] == '\n' ? 1 : 0;
            }
        }
        return lines;
    }
}

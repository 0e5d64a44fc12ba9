package io.synapse.sdk.benchmarks.contender.workspace;

import io.synapse.sdk.benchmarks.contender.PeakHeap;
import java.nio.file.Files;
import java.nio.file.Path;

/** Moves much in one piece: the output of a command, or a file there and back. */
public final class TimeBulk {
    private TimeBulk() {}

    /**
     * Runs it.
     *
     * @param args the way, the container; then {@code output} and how many bytes, or {@code file} and a file
     */
    public static void main(String[] args) throws Exception {
        try (ContainerUsers users = ContainerUsers.of(args[0], args[1])) {
            ContainerUser user = users.user(1);
            user.execute("true");
            if (args[2].equals("output")) {
                output(user, Long.parseLong(args[3]));
            } else {
                file(user, Path.of(args[3]), args[0]);
            }
            System.out.println("peak_heap_bytes=" + PeakHeap.bytes());
        }
        System.exit(0);
    }

    private static void output(ContainerUser user, long bytes) throws Exception {
        long start = System.nanoTime();
        ContainerUser.Result result = user.execute("yes 'a line of much output' | head -c " + bytes);
        System.out.println("output_ms=" + (System.nanoTime() - start) / 1e6);
        System.out.println("came=" + result.outputBytes());
    }

    private static void file(ContainerUser user, Path file, String name) throws Exception {
        long start = System.nanoTime();
        user.upload(file, name);
        long uploaded = System.nanoTime();
        Path copy = file.resolveSibling("copy");
        user.download(name, copy);
        long downloaded = System.nanoTime();
        System.out.println("upload_ms=" + (uploaded - start) / 1e6);
        System.out.println("download_ms=" + (downloaded - uploaded) / 1e6);
        System.out.println("came=" + (Files.mismatch(file, copy) == -1 ? Files.size(copy) : 0));
        user.execute("rm -f /workspace/shared/" + name);
    }
}

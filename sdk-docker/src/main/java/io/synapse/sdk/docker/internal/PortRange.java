package io.synapse.sdk.docker.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The ports of this machine that containers may have.
 *
 * @param first the least of them
 * @param last the greatest of them
 */
public record PortRange(int first, int last) {
    /** The first that is not taken, and on which nothing listens. */
    public OptionalInt firstFree(IntPredicate taken) {
        return IntStream.rangeClosed(first, last)
                .filter(port -> !taken.test(port) && isFree(port))
                .findFirst();
    }

    /** Whoever listens on any address of this machine makes the port unfit. */
    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true); // what lingers of closed connections takes no port
            probe.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

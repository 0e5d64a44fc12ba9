package io.synapse.sdk.embedded.internal.http;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether a Docker Engine can be reached on this machine. */
final class DockerSocket {
    private static final Path PATH = Path.of("/var/run/docker.sock");

    Map<String, Object> report() {
        if (!Files.exists(PATH)) {
            return Map.of("available", false, "detail", "there is no " + PATH);
        }
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(PATH))) {
            return Map.of("available", socket.isConnected());
        } catch (IOException e) {
            return Map.of("available", false, "detail", PATH + " cannot be opened: " + e.getMessage());
        }
    }
}

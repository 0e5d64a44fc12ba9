package io.synapse.sdk.embedded.internal.machine;

import io.synapse.sdk.internal.value.Sha256;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the agent names the one node it has. Nothing here asks a name server: a broken resolver must not delay a start.
 *
 * @param id 56 hexadecimal digits, as Ray's node ids are; the same for the same seed
 * @param hostName the machine's own name, {@code localhost} when it has none
 * @param ip an IPv4 address of the machine, the loopback address when it has no other
 */
public record NodeIdentity(String id, String hostName, String ip) {
    private static final Logger log = LoggerFactory.getLogger(NodeIdentity.class);
    private static final int ID_DIGITS = 56;
    private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    /**
     * The identity of this machine.
     *
     * @param seed what tells this node from others, such as the host name with the data directory
     */
    public static NodeIdentity ofThisMachine(String seed) {
        return new NodeIdentity(nodeId(seed), findHostName(), findAddress());
    }

    static String nodeId(String seed) {
        return Sha256.of(seed).substring(0, ID_DIGITS);
    }

    private static String findHostName() {
        return Stream.of(kernelHostName(), environment("HOSTNAME"), environment("COMPUTERNAME"))
                .flatMap(Optional::stream)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("localhost");
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv().get(name));
    }

    private static Optional<String> kernelHostName() {
        if (!Files.isReadable(KERNEL_HOST_NAME)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(KERNEL_HOST_NAME));
        } catch (IOException e) {
            log.debug("cannot read the host name from {}", KERNEL_HOST_NAME, e);
            return Optional.empty();
        }
    }

    private static String findAddress() {
        String loopback = InetAddress.getLoopbackAddress().getHostAddress();
        try {
            // The lowest index is the machine's own card; bridges and tunnels come up after it.
            return NetworkInterface.networkInterfaces()
                    .filter(NodeIdentity::reachesOthers)
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLinkLocalAddress())
                    .map(InetAddress::getHostAddress)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(loopback);
        } catch (SocketException e) {
            log.debug("cannot list the network interfaces", e);
            return loopback;
        }
    }

    private static boolean reachesOthers(NetworkInterface network) {
        try {
            return network.isUp() && !network.isLoopback() && !network.isPointToPoint();
        } catch (SocketException e) {
            log.debug("cannot read the state of {}", network.getName(), e);
            return false;
        }
    }

    /** What every description of this node begins with. */
    Map<String, Object> toJson() {
        return JsonObject.of("node_id", id)
                .with("host_name", hostName)
                .with("ip", ip)
                .with("is_head_node", true)
                .with("state", "ALIVE")
                .fields();
    }
}

package io.synapse.sdk.embedded.internal.machine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Main memory.
 *
 * @param totalBytes what there is
 * @param availableBytes what a new process could use without swapping, caches that would yield included
 */
public record Memory(long totalBytes, long availableBytes) {
    private static final Logger log = LoggerFactory.getLogger(Memory.class);
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Pattern KIB_LINE = Pattern.compile("(\\w+):\\s+(\\d+) kB");

    static Memory measure(OperatingSystemMXBean system) {
        Memory seenByJvm = new Memory(system.getTotalMemorySize(), system.getFreeMemorySize());
        // The JVM counts caches as used, so the kernel's estimate is better; but only the JVM knows of a container's
        // limit.
        return readMeminfo()
                .filter(machine -> machine.totalBytes <= seenByJvm.totalBytes)
                .orElse(seenByJvm);
    }

    private static Optional<Memory> readMeminfo() {
        if (!Files.isReadable(MEMINFO)) {
            return Optional.empty();
        }
        try {
            return parseMeminfo(Files.readAllLines(MEMINFO));
        } catch (IOException e) {
            log.debug("cannot read {}", MEMINFO, e);
            return Optional.empty();
        }
    }

    /** Empty when a figure is missing: kernels before 3.14 have no MemAvailable. */
    static Optional<Memory> parseMeminfo(List<String> lines) {
        OptionalLong total = bytes(lines, "MemTotal");
        OptionalLong available = bytes(lines, "MemAvailable");
        return total.isPresent() && available.isPresent()
                ? Optional.of(new Memory(total.getAsLong(), available.getAsLong()))
                : Optional.empty();
    }

    private static OptionalLong bytes(List<String> lines, String name) {
        return lines.stream()
                .map(KIB_LINE::matcher)
                .filter(line -> line.matches() && line.group(1).equals(name))
                .mapToLong(Memory::bytes)
                .findFirst();
    }

    private static long bytes(Matcher line) {
        return Long.parseLong(line.group(2)) * 1024;
    }
}

package io.synapse.sdk.gateway.server.internal.command;

import io.synapse.sdk.embedded.internal.job.SupervisedCommand;
import io.synapse.sdk.gateway.server.internal.GatewayFailure;
import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands as processes of this machine. They see a small environment, without the gateway's token and keys. */
final class LocalCommands implements CommandRunner {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCommands.class);
    private static final List<String> PASSED_ON =
            List.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR");

    private static final int PART = 8 << 10;
    private static final Duration REAPED = Duration.ofSeconds(1);

    private final Executor threads;

    /** @param threads where outputs are read; gives each a thread at once */
    LocalCommands(Executor threads) {
        this.threads = threads;
    }

    @Override
    public CommandOutcome run(
            List<String> arguments,
            @Nullable String workingDir,
            Map<String, String> environment,
            Duration timeout,
            @Nullable Consumer<String> live)
            throws IOException, InterruptedException {
        long from = System.nanoTime();
        CollectedOutput output = new CollectedOutput(live);
        CollectedOutput errors = new CollectedOutput(live);
        boolean isTimedOut;
        int exitCode;
        try (SupervisedCommand command =
                SupervisedCommand.start(arguments, folder(workingDir), environmentWith(environment))) {
            threads.execute(() -> output.read(command.output()));
            threads.execute(() -> errors.read(command.errorOutput()));
            isTimedOut = !command.awaitExit(timeout);
            command.end(); // what it left would keep its outputs open
            exitCode = isTimedOut || !command.awaitExit(REAPED) ? -1 : command.exitCode();
        }
        String all = output.awaitEnd();
        String allErrors = errors.awaitEnd();
        Duration duration = Duration.ofNanos(System.nanoTime() - from);
        return new CommandOutcome(exitCode, all, allErrors, duration, isTimedOut, output.isCut() || errors.isCut());
    }

    private static Path folder(@Nullable String workingDir) {
        try {
            Path folder = Path.of(workingDir == null || workingDir.isEmpty() ? "" : workingDir)
                    .toAbsolutePath();
            if (Files.isDirectory(folder)) {
                return folder;
            }
        } catch (InvalidPathException e) {
            throw new GatewayFailure(Kind.INVALID, "the working directory is no path");
        }
        throw new GatewayFailure(Kind.INVALID, "there is no folder " + workingDir + " to work in");
    }

    private static Map<String, String> environmentWith(Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>();
        for (String name : PASSED_ON) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.putAll(more);
        return environment;
    }

    /** One output of a command, read by a thread of its own. */
    private static final class CollectedOutput {
        private @Nullable Consumer<String> live;
        private final StringBuilder text = new StringBuilder();
        private final CountDownLatch end = new CountDownLatch(1);
        private volatile boolean isCut;

        CollectedOutput(@Nullable Consumer<String> live) {
            this.live = live;
        }

        /** Reads to the end. A failure is the end: the processes were ended. */
        void read(InputStream source) {
            char[] buffer = new char[PART];
            try (Reader reader = new InputStreamReader(source, StandardCharsets.UTF_8)) {
                for (int length = reader.read(buffer); length > 0; length = reader.read(buffer)) {
                    add(new String(buffer, 0, length));
                }
            } catch (IOException e) {
                LOG.debug("the output of a command ended early", e);
            } finally {
                end.countDown();
            }
        }

        private void add(String part) {
            String kept = part.substring(0, Math.min(part.length(), MAX_OUTPUT - text.length()));
            isCut |= kept.length() < part.length();
            text.append(kept);
            try {
                if (live != null && !kept.isEmpty()) {
                    live.accept(kept);
                }
            } catch (RuntimeException e) {
                LOG.debug("nobody follows the output of a command any more", e);
                live = null; // but it is read on, so that the command need not wait
            }
        }

        String awaitEnd() throws InterruptedException {
            end.await();
            return text.toString();
        }

        boolean isCut() {
            return isCut;
        }
    }
}

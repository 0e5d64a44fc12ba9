package io.synapse.sdk.it.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.job.JobSubmission;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes a job writes, and however it writes them: lines, and text, as the log file has them. */
@Timeout(60)
class LogContentIT {
    private static final int MAX_LINE = 10_240;
    private static final TailOptions OPTIONS = TailOptions.DEFAULT.limits(StreamLimits.NONE.maxMessageSize(MAX_LINE));

    @TempDir
    private static Path directory;

    private static Agent agent;
    private static AgentClient client;

    @BeforeAll
    static void start() throws IOException {
        agent = Agent.start(directory.resolve("data"));
        client = agent.client();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        client.close();
        agent.kill();
    }

    /** What a job writes, and how often it rests in between, by which its writes are torn apart. */
    private enum Content {
        MULTIBYTE_CHARACTERS_SPLIT_BETWEEN_WRITES("grüße 漢字 🙂\nnächste Zeile\n", true),
        CARRIAGE_RETURN_LINE_FEED("one\r\ntwo\r\n\r\nfour\r\r\nlast\r\n", true),
        PROGRESS_BAR(
                IntStream.rangeClosed(1, 20_000)
                        .mapToObj(step -> "\r" + step + "/20000 [====]")
                        .collect(Collectors.joining("", "begin\n", "\nend\n")),
                false),
        LINE_OF_FIVE_MEGABYTES("before\n" + "0123456789".repeat(500_000) + "\nafter\n", false),
        MULTIBYTE_LINE_ABOVE_THE_LIMIT("x" + "🙂".repeat(20_000) + "\nafter\n", false),
        LAST_LINE_WITHOUT_NEWLINE("first\nlast", false),
        NO_LINES("", false),
        BLANK_LINES("\n\n  \n\n", false),
        BINARY_GARBAGE(garbage(), false),
        BINARY_GARBAGE_IN_ONE_LINE(inOneLine(garbage()), false);

        private final byte[] bytes;
        private final boolean torn;

        Content(String text, boolean torn) {
            this(text.getBytes(StandardCharsets.UTF_8), torn);
        }

        Content(byte[] bytes, boolean torn) {
            this.bytes = bytes;
            this.torn = torn;
        }

        private static byte[] garbage() {
            byte[] bytes = new byte[300_000];
            new Random(7).nextBytes(bytes);
            return bytes;
        }

        private static byte[] inOneLine(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = bytes[i] == '\n' ? (byte) 0xe0 : bytes[i];
            }
            return bytes;
        }

        /** What a reader must see: the bytes as UTF-8, with replacement characters for what is none. */
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        List<String> lines() {
            String[] lines = text().split("\n", -1);
            Stream<String> ended = Arrays.stream(lines)
                    .limit(lines.length - 1L)
                    .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
            String last = lines[lines.length - 1];
            return Stream.concat(ended, last.isEmpty() ? Stream.empty() : Stream.of(last))
                    .toList();
        }

        /** The command that writes it: one byte a write, with a rest after each, when it is to be torn. */
        String command(Path file) {
            return torn
                    ? "for i in $(seq 1 " + bytes.length + "); do tail -c +$i '" + file
                            + "' | head -c 1; sleep 0.01; done"
                    : "cat '" + file + "'";
        }
    }

    static Stream<Arguments> contents() {
        return Arrays.stream(Content.values())
                .flatMap(content ->
                        Arrays.stream(TailProtocol.values()).map(protocol -> Arguments.of(content, protocol)));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void linesAreThoseOfTheFile(Content content, TailProtocol protocol) throws IOException {
        List<String> whole = content.lines();
        List<String> expected = whole.stream().map(LogContentIT::shortened).toList();
        try (LogStream log = client.tailJobLogs(submit(content), OPTIONS.protocol(protocol))) {
            List<String> lines = log.stream().toList();

            // Not isEqualTo on the lists: a failure would print megabytes.
            assertThat(lines).hasSameSizeAs(expected);
            for (int i = 0; i < lines.size(); i++) {
                assertThat(lines.get(i).equals(expected.get(i))).as("line " + i).isTrue();
            }
            LogStatistics statistics = log.statistics();
            assertThat(statistics.lines()).isEqualTo(expected.size());
            assertThat(statistics.shortenedLines())
                    .isEqualTo(whole.stream()
                            .filter(line -> line.getBytes(StandardCharsets.UTF_8).length > MAX_LINE)
                            .count());
            assertThat(statistics.omittedBytes()).isEqualTo(size(whole) - size(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("contents")
    void textIsThatOfTheFile(Content content, TailProtocol protocol) throws IOException {
        byte[] expected = content.text().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (LogStream log = client.tailJobLogs(submit(content), OPTIONS.protocol(protocol))) {
            long written = log.transferTo(output);

            assertThat(Arrays.mismatch(output.toByteArray(), expected))
                    .as("where it differs")
                    .isEqualTo(-1);
            assertThat(written).isEqualTo(expected.length);
            assertThat(log.statistics().shortenedLines()).isZero();
        }
    }

    /** The job goes on only once the reader has seen the bar, which has no line end before. */
    @ParameterizedTest
    @EnumSource
    void aProgressBarIsSeenWhileItStands(TailProtocol protocol) throws Exception {
        Path seen = directory.resolve("seen-" + protocol);
        String id = client.submitJob(JobSubmission.of(
                "printf '\\r10%%\\r20%%'; while [ ! -e '" + seen + "' ]; do sleep 0.05; done; printf '\\r100%%\\n'"));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (LogStream log = client.tailJobLogs(id, OPTIONS.protocol(protocol))) {
            CompletableFuture<Long> copied = CompletableFuture.supplyAsync(() -> transfer(log, output));

            await().until(() -> output.toString(StandardCharsets.UTF_8).equals("\r10%\r20%"));
            Files.createFile(seen);

            copied.join();
            assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("\r10%\r20%\r100%\n");
        }
    }

    private static long transfer(LogStream log, ByteArrayOutputStream output) {
        try {
            return log.transferTo(output);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
    }

    private static String submit(Content content) throws IOException {
        Path file = Files.write(directory.resolve(content.name()), content.bytes);
        return client.submitJob(JobSubmission.of(content.command(file)));
    }

    private static String shortened(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        int end = Math.min(bytes.length, MAX_LINE);
        while (end < bytes.length && (bytes[end] & 0xC0) == 0x80) {
            end--; // no character is cut in two
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static long size(List<String> lines) {
        return lines.stream()
                .mapToLong(line -> line.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }
}

package io.synapse.sdk.embedded.internal.ray;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogLostException;
import io.synapse.sdk.LogPosition;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.embedded.internal.log.LogState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The copy of a cluster's log, over logs that begin anew whenever they are read. */
@Timeout(30)
class LogCopyTest {
    private static final LogStatistics DELIVERED = new LogStatistics(1, 6, 1, 0, 0, 0, 0, 0, TailProtocol.HTTP);
    private static final String TEXT = "first\nzweite, größe 漢字 😀\nlast";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("job").resolve("log");
    }

    @Test
    void aWholeLogIsCompleteAndStaysSo() throws IOException {
        LogCopy copy = new LogCopy(file, options -> new Text(TEXT, options));
        assertThat(copy.state()).isEqualTo(new LogState.Growing());

        copy.run();

        assertThat(copy.state()).isEqualTo(new LogState.Complete(JobStatus.SUCCEEDED));
        assertThat(file).usingCharset(StandardCharsets.UTF_8).hasContent(TEXT);
        LogCopy later = new LogCopy(file, options -> {
            throw new AssertionError("what is complete is not read again");
        });
        later.run();
        assertThat(later.state()).isEqualTo(new LogState.Complete(JobStatus.SUCCEEDED));
    }

    /** An agent that is killed may leave half a character, or all but the word that it is complete. */
    @Test
    void aCopyGoesOnAtWhateverByteAnEarlierOneStopped() throws IOException {
        byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length <= bytes.length; length++) {
            Path part = folder.resolve("part-" + length);
            Files.write(part, Arrays.copyOf(bytes, length));

            LogCopy copy = new LogCopy(part, options -> new Text(TEXT, options));
            copy.run();

            assertThat(copy.state()).isInstanceOf(LogState.Complete.class);
            assertThat(part).hasBinaryContent(bytes);
        }
    }

    @Test
    void whatTheClusterHasLostIsSaidAfterWhatCameBefore() throws IOException {
        LogCopy copy = new LogCopy(file, options -> new Text("first\n", options) {
            @Override
            public long transferTo(OutputStream output) throws IOException {
                super.transferTo(output);
                throw new LogLostException(Failure.of(410, "the node is dead"), DELIVERED);
            }
        });

        copy.run();

        assertThat(copy.state()).isEqualTo(new LogState.Broken("the node is dead"));
        assertThat(file).hasContent("first\n");
        assertThat(LogCopy.complete(file)).isEmpty();
    }

    @Test
    void aLogThatIsShorterThanItsCopyIsNotComplete() throws IOException {
        new LogCopy(file, options -> new Text(TEXT, options)).run();
        Files.delete(file.resolveSibling("log.end"));

        LogCopy copy = new LogCopy(file, options -> new Text("first\n", options));
        copy.run();

        assertThat(copy.state()).isInstanceOf(LogState.Broken.class);
        assertThat(file).usingCharset(StandardCharsets.UTF_8).hasContent(TEXT);
    }

    @Test
    void closingLetsGoOfTheLogBeforeAndWhileItIsRead() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        Endless endless = new Endless(reading);
        LogCopy copy = new LogCopy(file, options -> endless);
        Thread copier = new Thread(copy);
        copier.start();
        reading.await();

        copy.close();
        copier.join();

        assertThat(copy.state()).isInstanceOf(LogState.Broken.class);
        LogCopy closedBefore = new LogCopy(folder.resolve("other"), options -> new Endless(reading));
        closedBefore.close();
        closedBefore.run();
        assertThat(closedBefore.state()).isInstanceOf(LogState.Broken.class);
    }

    /** A log that has this text and then is complete. */
    private static class Text implements LogStream {
        private final byte[] bytes;
        private final long begin;

        Text(String text, TailOptions options) {
            this.bytes = text.getBytes(StandardCharsets.UTF_8);
            this.begin = options.position().map(LogPosition::length).orElse(0L);
        }

        @Override
        public Iterator<String> iterator() {
            throw new AssertionError("lines are not exact text");
        }

        @Override
        public Stream<String> stream() {
            throw new AssertionError("lines are not exact text");
        }

        @Override
        public long transferTo(OutputStream output) throws IOException {
            if (begin > bytes.length) {
                throw new LogLostException(Failure.of(410, "it is shorter"), DELIVERED);
            }
            output.write(bytes, (int) begin, bytes.length - (int) begin);
            return bytes.length - begin;
        }

        @Override
        public LogPosition position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public LogStatistics statistics() {
            throw new AssertionError("nobody asks");
        }

        @Override
        public Optional<JobStatus> finalStatus() {
            return Optional.of(JobStatus.SUCCEEDED);
        }

        @Override
        public void close() {}
    }

    /** A log in which nothing happens until it is closed. */
    private static final class Endless extends Text {
        private final CountDownLatch reading;
        private final CountDownLatch closed = new CountDownLatch(1);

        Endless(CountDownLatch reading) {
            super("", TailOptions.DEFAULT);
            this.reading = reading;
        }

        @Override
        public long transferTo(OutputStream output) {
            reading.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            throw new CallCancelledException(Failure.of(499, "its stream was closed"), null);
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}

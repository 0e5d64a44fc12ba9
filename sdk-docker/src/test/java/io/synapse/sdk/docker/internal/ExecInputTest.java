package io.synapse.sdk.docker.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is written reaches the reader, and neither waits for ever for the other. */
@Timeout(20)
class ExecInputTest {
    private static final Duration LONG = Duration.ofSeconds(15);
    private final ExecInput input = new ExecInput();

    @Test
    void aWriteReturnsWhenAllIsRead() throws Exception {
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(input.readNBytes(6), US_ASCII);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        input.write("xabcx".getBytes(US_ASCII), 1, 3, LONG);
        input.write("def".getBytes(US_ASCII), 0, 3, LONG);

        assertThat(read.get()).isEqualTo("abcdef");
    }

    @Test
    void aWriteThatNobodyReadsFailsAfterItsLimit() throws IOException {
        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> input.write(new byte[3], 0, 3, Duration.ofMillis(20)));
        assertThat(input.read()).isEqualTo(-1);
    }

    @Test
    void closingEndsWriterAndReader() throws Exception {
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> {
            try {
                return input.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        input.close();

        assertThat(read.get()).isEqualTo(-1);
        assertThatIOException().isThrownBy(() -> input.write(new byte[1], 0, 1, LONG));
    }

    @Test
    void anInterruptedWriteLeavesNothingToRead() throws IOException {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> input.write(new byte[3], 0, 3, LONG));
        assertThat(input.read()).isEqualTo(-1);
    }
}

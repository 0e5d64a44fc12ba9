package io.synapse.sdk.gateway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import io.synapse.sdk.gateway.server.internal.StreamFile.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on disk of a stream after its writer was killed, or could not write. */
class StreamFileTest {
    private static final StreamEntry FIRST = new StreamEntry(1, "{\"content\":\"Größe: 5 €\"}");
    private static final StreamEntry SECOND = new StreamEntry(2, "{\"content\":\"한글\"}");

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = folder.resolve("stream.jsonl");
    }

    /** The writer can be killed within a character too. */
    @Test
    void aFileThatIsCutAtAnyByteHasTheLinesBeforeTheCutAndGoesOnAfterThem() throws IOException {
        StreamFile file = StreamFile.create(path, "the request");
        long begun = Files.size(path);
        file.append(FIRST);
        long one = Files.size(path);
        file.append(SECOND);
        file.end(null, false);
        byte[] whole = Files.readAllBytes(path);

        for (int length = (int) begun; length <= whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            Content content = StreamFile.read(path);
            int entries = length < one ? 0 : length < whole.length ? 1 : 2;
            assertThat(content.entries()).as("cut at %d", length).hasSize(entries);
            assertThat(content.request()).isEqualTo("the request");
            assertThat(content.over()).isFalse();

            StreamFile continued = StreamFile.continued(path, content.length());
            continued.append(entries == 0 ? FIRST : SECOND);
            continued.end(new GatewayFailure(Kind.UNAVAILABLE, "no more"), true);
            Content ended = StreamFile.read(path);
            assertThat(ended.entries()).hasSize(entries + 1);
            assertThat(ended.entries().get(0).json()).isEqualTo(FIRST.json());
            assertThat(ended.over()).isTrue();
            assertThat(ended.failure()).hasMessage("no more");
        }
    }

    /** Of a message that the disk has no room for, a part may be written; what was there before is kept, with the end. */
    @Test
    void aFullDiskCostsNoMessageThatWasKeptAndNotTheEnd() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process writer = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -f 16 && exec \"$@\"", // blocks of 512 or 1024 bytes
                        "sh",
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FullDisk.class.getName(),
                        path.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        assertThat(writer.waitFor())
                .as(Files.readString(folder.resolve("output")))
                .isZero();

        Content content = StreamFile.read(path);
        assertThat(content.entries()).extracting(StreamEntry::json).containsExactly(FIRST.json());
        assertThat(content.over()).isTrue();
        assertThat(content.failure()).hasMessage("no room");
    }

    /** Writes to a file that can have a few KB only. */
    static final class FullDisk {
        private FullDisk() {}

        public static void main(String[] arguments) throws IOException {
            StreamFile file = StreamFile.create(Path.of(arguments[0]), "");
            file.append(FIRST);
            assertThatThrownBy(() -> file.append(new StreamEntry(2, "{\"content\":\"" + "x".repeat(100_000) + "\"}")))
                    .isInstanceOf(IOException.class);
            file.end(new GatewayFailure(Kind.INTERNAL, "no room"), true);
        }
    }

    @Test
    void aKindOfFailureThatIsNotKnownIsAFileThatCannotBeRead() throws IOException {
        StreamFile file = StreamFile.create(path, "");
        file.end(new GatewayFailure(Kind.UNAVAILABLE, "no more"), true);
        Files.writeString(path, Files.readString(path).replace("UNAVAILABLE", "OF_A_LATER_VERSION"));

        assertThatThrownBy(() -> StreamFile.read(path)).isInstanceOf(IOException.class);
    }
}

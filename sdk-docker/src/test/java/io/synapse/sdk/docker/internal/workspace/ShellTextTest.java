package io.synapse.sdk.docker.internal.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text reaches a shell as data, and any bytes have a text. */
class ShellTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a", "a b", "'", "\"", "$(id)", "`id`", "\\", "-rf", "%s%n", "\n", "a\n\n", "é", "😀", "a'b\n$x",
                "\t", "\r", "*", "a\\0101"
            })
    @DisabledOnOs(OS.WINDOWS)
    void aShellEvaluatesItToTheSameText(String text) throws Exception {
        assertThat(evaluated(text)).isEqualTo(text.getBytes(UTF_8));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aShellEvaluatesItToTheSameBytes() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 30; round++) {
            byte[] bytes = bytesWithoutNul(random, random.nextInt(60));

            assertThat(evaluated(ShellText.text(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void itIsOneLine() {
        assertThat(ShellText.quote("a\nb\n\n")).doesNotContain("\n");
    }

    @Test
    void bytesHaveATextAndTheSameBytesAgain() {
        Random random = new Random(3);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = bytesWithoutNul(random, random.nextInt(40));

            assertThat(ShellText.bytes(ShellText.text(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void whatIsNotUtf8HasTheSurrogatesOfPython() {
        assertThat(ShellText.text(new byte[] {'a', (byte) 0xff, 'b'})).isEqualTo("a\udcffb");
        assertThat(ShellText.text("é😀".getBytes(UTF_8))).isEqualTo("é😀");
        assertThat(ShellText.text(new byte[] {(byte) 0xe2, (byte) 0x82})).isEqualTo("\udce2\udc82");
    }

    private static byte[] bytesWithoutNul(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        for (int at = 0; at < length; at++) {
            bytes[at] = bytes[at] == 0 ? (byte) '\n' : bytes[at];
        }
        return bytes;
    }

    private static byte[] evaluated(String text) throws Exception {
        Process shell = new ProcessBuilder("sh").redirectErrorStream(true).start();
        try (var input = shell.getOutputStream()) {
            input.write(("LC_ALL=C; line_end='\n'\nprintf %s " + ShellText.quote(text) + "\n").getBytes(UTF_8));
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        shell.getInputStream().transferTo(output);
        return output.toByteArray();
    }
}

package io.synapse.sdk.agent.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.internal.json.JsonObjectReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick reader says what the library's parser says, or nothing. */
class FlatObjectTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"log\", \"message\": \"a\\nb\"}",
                "{\"type\":\"log\",\"message\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\",\"offset\":123456789012345678}",
                " {\t\"message\" : \"größe 漢字 😀\" , \"offset\" : 0 }\r\n",
                "{\"message\": \"ends in a backslash \\\\\", \"type\": \"\\\"\"}",
                "{\"message\": \"gr\\u00f6\\u00DFe \\u6f22 \\ud83d\\ude00\"}",
                "{\"\": \"\", \"type\": \"log\", \"type\": \"error\"}"
            })
    void eventsAreRead(String event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        assertThat(quick(event.getBytes(StandardCharsets.UTF_8), fields)).isTrue();
        assertThat(fields).isEqualTo(library(event.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "{\"type\"}",
                "{\"type\":}",
                "{\"type\": \"log\"",
                "{\"type\": \"log\",}",
                "{\"type\": \"log\"} x",
                "{\"type\": \"log",
                "{\"type\": \"log\\",
                "{\"type\": \"log\\\"",
                "{\"message\": \"\\x\"}",
                "{\"message\": null}",
                "{\"message\": true}",
                "{\"message\": {}}",
                "{\"offset\": -1}",
                "{\"offset\": 01}",
                "{\"offset\": 1.5}",
                "{\"offset\": 1e3}",
                "{\"offset\": 1234567890123456789}",
                "{'type': 'log'}"
            })
    void whatIsNotSimpleIsLeftToTheLibrary(String other) {
        assertThat(quick(other.getBytes(StandardCharsets.UTF_8), new LinkedHashMap<>()))
                .isFalse();
    }

    @Test
    void whateverBecomesOfAnEventItIsReadAsTheLibraryDoes() {
        String event = "{\"type\": \"log\", \"message\": \"a\\n\\\"b\\\\ c\", \"offset\": 1234}";
        String alphabet = "{}[]\":,\\ntr/019.-e x\r\n";
        Random random = new Random(5);
        int read = 0;
        for (int round = 0; round < 300_000; round++) {
            byte[] bytes = event.getBytes(StandardCharsets.US_ASCII);
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            if (quick(bytes, fields)) {
                read++;
                assertThat(fields)
                        .as(new String(bytes, StandardCharsets.US_ASCII))
                        .isEqualTo(library(bytes));
            }
        }
        assertThat(read).isGreaterThan(100_000);
    }

    private static boolean quick(byte[] event, Map<String, Object> fields) {
        byte[] within = new byte[event.length + 2];
        System.arraycopy(event, 0, within, 1, event.length);
        within[0] = '"';
        within[event.length + 1] = '"';
        FlatObject.Fields notes = new FlatObject.Fields() {
            @Override
            public void text(byte[] name, int at, int size, byte[] value, int from, int length) {
                fields.put(string(name, at, size), string(value, from, length));
            }

            @Override
            public void number(byte[] name, int at, int size, long value) {
                fields.put(string(name, at, size), value);
            }
        };
        return new FlatObject(notes, new byte[] {'x'}, new Utf8Writer()).read(within, 1, event.length);
    }

    private static String string(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    private static Map<String, Object> library(byte[] event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        assertThat(JsonObjectReader.read(event, 0, event.length, noteIn(fields)))
                .as(new String(event, StandardCharsets.UTF_8))
                .isTrue();
        return fields;
    }

    private static JsonObjectReader.Fields noteIn(Map<String, Object> fields) {
        return new JsonObjectReader.Fields() {
            @Override
            public void text(String name, String value, boolean isString) {
                fields.put(name, isString ? value : new Object());
            }

            @Override
            public void number(String name, long value) {
                fields.put(name, value);
            }
        };
    }
}

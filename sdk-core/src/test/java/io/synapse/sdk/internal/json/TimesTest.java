package io.synapse.sdk.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are read in all forms in which servers write them, and nothing else is taken for one. */
class TimesTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T07:35:30, 2026-11-20T07:35:30Z",
        "2026-11-20T07:35:30Z, 2026-11-20T07:35:30Z",
        "2026-11-20T07:35:30.1, 2026-11-20T07:35:30.1Z",
        "2026-11-20T07:35:30.000000001Z, 2026-11-20T07:35:30.000000001Z",
        "2026-11-20T07:35:30.123456, 2026-11-20T07:35:30.123456Z",
        "2024-02-29T23:59:59.999999999, 2024-02-29T23:59:59.999999999Z",
        "0001-01-01T00:00:00, 0001-01-01T00:00:00Z",
        "2026-11-20T07:35, 2026-11-20T07:35:00Z",
        "2026-11-20 07:35:30.5, 2026-11-20T07:35:30.5Z",
        "2026-11-20t07:35:30z, 2026-11-20T07:35:30Z",
        "2026-11-20T08:35:30+01:00, 2026-11-20T07:35:30Z",
        "2026-11-20T06:05:30-0130, 2026-11-20T07:35:30Z",
        "2026-11-20 07:35:30 UTC, 2026-11-20T07:35:30Z",
        "'  2026-11-20T07:35:30Z ', 2026-11-20T07:35:30Z",
        "1795160130, 2026-11-20T07:35:30Z",
        "1795160130783.0, 2026-11-20T07:35:30.783Z",
        "0, ",
        "'', ",
        "' ', ",
    })
    void aTime(String text, @Nullable Instant expected) {
        assertThat(Times.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-29T00:00:00",
                "2026-13-01T00:00:00",
                "2026-11-20T24:00:01",
                "2026-11-20T07:60:00Z",
                "2026-11-20T07:35:60",
                "2026-11-20T07:35:30.1234567890",
                "2026-11-20T07:35:30,5",
                "2026-11-20T07:35:3\u0663",
                "2026-11-20T+7:35:30",
                "2026-11-20T07:35:3",
                "2026-11-20",
                "99999999999999999",
                "-1",
                "NaN",
                "yesterday",
                "Z",
            })
    void noTime(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> Times.parse(text));
    }

    @Test
    void whatTheJdkReadsIsReadAlike() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder("2026-11-20T07:35:30.123456");
            text.setLength(10 + random.nextInt(text.length() - 9));
            for (int edits = random.nextInt(3); edits > 0; edits--) {
                text.setCharAt(random.nextInt(text.length()), "0123456789-:.TZ+ ".charAt(random.nextInt(17)));
            }
            String written = text.toString();
            Instant expected;
            try {
                expected = LocalDateTime.parse(written).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException e) {
                continue; // other forms are in the tables
            }

            assertThat(Times.parse(written)).as(written).isEqualTo(expected);
        }
    }
}

package io.synapse.sdk.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models need no annotations: what the servers write becomes records, and records become what the servers read. */
class JsonTest {
    public record Model(
            String jobId,
            @Nullable JobStatus status,
            @Nullable Instant startTime,
            @Nullable Integer exitCode,
            List<String> lastLines,
            Map<String, Object> additionalProperties) {}

    @Test
    void unknownFieldsAreKept() throws IOException {
        Model model = read("{\"job_id\":\"a\",\"new_field\":{\"x\":[1,null]},\"status\":\"PAUSED\"}", Model.class);

        assertThat(model.jobId()).isEqualTo("a");
        assertThat(model.status()).isEqualTo(new JobStatus("PAUSED"));
        assertThat(model.exitCode()).isNull();
        assertThat(model.additionalProperties()).containsOnlyKeys("new_field");
    }

    @Test
    void whatWasReadIsWrittenAgain() throws IOException {
        String json =
                "{\"job_id\":\"a\",\"status\":\"RUNNING\",\"last_lines\":[\"x\"],\"new_field\":{\"camelCase\":null}}";

        String written = new String(Json.write(read(json, Model.class)), StandardCharsets.UTF_8);

        assertThat(written).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource({
        "1795160130783, 2026-11-20T07:35:30.783Z",
        "1795160130783.0, 2026-11-20T07:35:30.783Z",
        "1795160130.5, 2026-11-20T07:35:30.500Z",
        "'\"1795160130783\"', 2026-11-20T07:35:30.783Z",
        "'\"0\"', ",
        "1795160130, 2026-11-20T07:35:30Z",
        "'\"2026-11-20T08:35:30.500+01:00\"', 2026-11-20T07:35:30.500Z",
        "'\"2026-11-20T07:35:30.500\"', 2026-11-20T07:35:30.500Z",
        "0, ",
        "null, ",
    })
    void timesAreReadInEveryFormThatServersUse(String written, @Nullable Instant expected) throws IOException {
        Model model = read("{\"job_id\":\"a\",\"start_time\":" + written + "}", Model.class);

        assertThat(model.startTime()).isEqualTo(expected);
    }

    /** A name of a file that is not UTF-8 has unpaired surrogates, as in Python. */
    @Test
    void asciiHoldsEveryText() throws IOException {
        String text = "caf\u00e9 \uD83D\uDE00 \uDCFF \uD800";

        byte[] json = Json.writeAscii(Map.of("text", text));

        assertThat(new String(json, StandardCharsets.US_ASCII))
                .isEqualTo("{\"text\":\"caf\\u00E9 \\uD83D\\uDE00 \\uDCFF \\uD800\"}");
        assertThat(Json.read(new ByteArrayInputStream(json), Map.class)).isEqualTo(Map.of("text", text));
    }

    @Test
    void aPageIsReadWithItsElements() throws IOException {
        String json = "{\"count\":2,\"next\":\"http://h/x?page=2\",\"previous\":null,\"results\":[{\"job_id\":\"a\"}]}";

        Page<?> page = (Page<?>) Json.read(json, Types.pageOf(Model.class));

        assertThat(page.next()).hasToString("http://h/x?page=2");
        assertThat(page.results()).first().isInstanceOf(Model.class);
    }

    private static <T> T read(String json, Class<T> type) throws IOException {
        return type.cast(Json.read(json, type));
    }
}

package io.synapse.sdk.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.Page;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that its type cannot hold costs no other: it is kept as it came, and all else is there. */
class OddValuesTest {
    /** One component of each kind of type. */
    public record Model(
            @Nullable String text,
            @Nullable JobStatus status,
            @Nullable Instant time,
            @Nullable Integer number,
            @Nullable Long big,
            @Nullable Double fraction,
            @Nullable Boolean yes,
            int primitive,
            @Nullable URI link,
            @Nullable Model nested,
            List<String> texts,
            List<Model> models,
            Map<String, String> words,
            Map<String, Double> amounts,
            Map<JobStatus, Long> counts,
            Map<String, List<Model>> groups,
            Map<String, @Nullable Object> open,
            @Nullable Set<Integer> set,
            int @Nullable [] array,
            String last,
            Map<String, @Nullable Object> additionalProperties) {
        @Nullable
        Object component(String name) {
            return switch (name) {
                case "text" -> text;
                case "status" -> status;
                case "time" -> time;
                case "number" -> number;
                case "big" -> big;
                case "fraction" -> fraction;
                case "yes" -> yes;
                case "primitive" -> primitive == 0 ? null : primitive;
                case "link" -> link;
                case "nested" -> nested;
                case "texts" -> texts;
                case "models" -> models;
                case "words" -> words;
                case "amounts" -> amounts;
                case "counts" -> counts;
                case "groups" -> groups;
                case "open" -> open;
                case "set" -> set;
                case "array" -> array;
                default -> throw new IllegalArgumentException(name);
            };
        }
    }

    /** A record that has no place for what it does not know. */
    public record Closed(@Nullable Integer number, List<Integer> numbers, String last) {}

    private static final Map<String, @Nullable Object> VALUES = values();

    private static Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("NaN", Double.NaN);
        values.put("Infinity", Double.POSITIVE_INFINITY);
        values.put("-Infinity", Double.NEGATIVE_INFINITY);
        values.put("true", true);
        values.put("3221225477", 3221225477L);
        values.put("123456789012345678901234567890", new BigInteger("123456789012345678901234567890"));
        values.put("9".repeat(4300), new BigInteger("9".repeat(4300)));
        values.put("1e999", Double.POSITIVE_INFINITY);
        values.put("1e300", 1e300);
        values.put("\"N/A\"", "N/A");
        values.put("\"NaN\"", "NaN");
        values.put("\"2026-13-45T99:00:00\"", "2026-13-45T99:00:00");
        values.put("\"not a link: \\u0000\"", "not a link: \0");
        values.put("{}", Map.of());
        values.put("{\"a\":{\"b\":[1,{\"last\":\"x\"}]},\"c\":NaN}", null);
        values.put("[]", List.of());
        values.put("[[1,{\"last\":\"x\"}],null]", null);
        return values;
    }

    static List<String> components() {
        return List.of(
                "text",
                "status",
                "time",
                "number",
                "big",
                "fraction",
                "yes",
                "primitive",
                "link",
                "nested",
                "texts",
                "models",
                "words",
                "amounts",
                "counts",
                "groups",
                "open",
                "set",
                "array");
    }

    @ParameterizedTest
    @MethodSource("components")
    void anOddValueIsKeptAsItCameAndAllElseIsThere(String component) throws IOException {
        for (Map.Entry<String, @Nullable Object> value : VALUES.entrySet()) {
            String json = "[{\"last\":\"before\"},{\"x\":1,\"" + component + "\":" + value.getKey()
                    + ",\"last\":\"same\"},{\"last\":\"after\"}]";

            List<?> list = (List<?>) Json.read(json, Types.listOf(Model.class));

            assertThat(list)
                    .as(json)
                    .extracting(element -> ((Model) element).last())
                    .containsExactly("before", "same", "after");
            Model model = (Model) list.get(1);
            boolean isRead = model.component(component) != null && !isEmpty(model.component(component));
            boolean isKept = model.additionalProperties().containsKey(component);
            boolean isNothing = value.getKey().equals("{}") || value.getKey().equals("[]");
            assertThat(isRead || isKept || isNothing).as(json).isTrue();
            if (!isRead && isKept && value.getValue() != null) {
                assertThat(model.additionalProperties().get(component)).as(json).isEqualTo(value.getValue());
            }
            assertThat(model.additionalProperties()).as(json).containsEntry("x", 1);
        }
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value instanceof List<?> list && list.isEmpty() || value instanceof Map<?, ?> map && map.isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "3221225477", "1e10", "\"N/A\"", "\"\u0661x\"", "true", "[1]", "{}"})
    void aNumberThatIsNoneIsNotMadeIntoAnother(String odd) throws IOException {
        Model model = read("{\"number\":" + odd + ",\"primitive\":" + odd + "}", Model.class);

        assertThat(model.number()).isNull();
        assertThat(model.primitive()).isZero();
        assertThat(model.additionalProperties()).containsKeys("number", "primitive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "true", "NaN", "{\"last\":{\"last\":1}}", "[[\"RUNNING\"]]", "{}", "[]"})
    void onlyTextIsAWordOfAnOpenSet(String odd) throws IOException {
        Model model = read("{\"status\":" + odd + ",\"last\":\"x\"}", Model.class);

        assertThat(model.status()).isNull();
        assertThat(model.additionalProperties()).containsOnlyKeys("status");
        assertThat(model.last()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05Z",
                "2026-01-02T03:04:05",
                "2026-01-02 03:04:05",
                "2026-01-02 03:04:05+00:00",
                "2026-01-02 12:04:05+0900",
                "2026-01-02T12:04:05+09",
                "2026-01-02 03:04:05 +0000 UTC",
                "2026-01-02t03:04:05.000000z",
                "2026-01-02 03:04:05 UTC",
                "2026-01-02T03:04:05.000000000+00:00",
                "2026-01-01T18:04:05-09:00",
                "1767323045",
                "1767323045.0",
                "1767323045000"
            })
    void aTimeIsReadInEachFormThatIsWritten(String text) throws IOException {
        Model model = read("{\"time\":\"" + text + "\"}", Model.class);

        assertThat(model.time()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(model.additionalProperties()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"soon\"", "1767323045000000000", "1e300", "-1e300", "\"9e99\"", "NaN", "true", "[]", "{}"})
    void whatIsNoTimeIsKept(String odd) throws IOException {
        Model model = read("{\"time\":" + odd + ",\"last\":\"x\"}", Model.class);

        assertThat(model.time()).isNull();
        assertThat(model.additionalProperties()).containsOnlyKeys("time");
        assertThat(model.last()).isEqualTo("x");
    }

    @Test
    void ofListsAndMapsOnlyTheOddPartsAreMissing() throws IOException {
        Model model = read("""
                {"texts": ["a", null, {"b": 1}, 5],
                 "models": [{"last": "x"}, null, "y", {"last": "z", "number": "N/A"}],
                 "words": {"a": "x", "b": 1, "c": [2], "d": null, "e": true},
                 "amounts": {"CPU": 4, "GPU": "many", "memory": NaN, "disk": "1.5"},
                 "counts": {"RUNNING": 1, "NEW": {}},
                 "groups": {"g": [{"last": "x"}, 7], "h": 8},
                 "open": {"a": null, "b": NaN}}""", Model.class);

        assertThat(model.texts()).containsExactly("a", "5");
        assertThat(model.models()).extracting(Model::last).containsExactly("x", "z");
        assertThat(model.models().get(1).additionalProperties()).containsOnly(Map.entry("number", "N/A"));
        assertThat(model.words()).containsExactly(Map.entry("a", "x"), Map.entry("b", "1"), Map.entry("e", "true"));
        assertThat(model.amounts()).containsExactly(Map.entry("CPU", 4.0), Map.entry("disk", 1.5));
        assertThat(model.counts()).containsExactly(Map.entry(JobStatus.RUNNING, 1L));
        assertThat(model.groups()).containsOnlyKeys("g");
        assertThat(model.groups().get("g")).extracting(Model::last).containsExactly("x");
        assertThat(model.open()).containsEntry("a", null).containsEntry("b", Double.NaN);
        assertThat(model.additionalProperties())
                .containsOnlyKeys("texts", "models", "words", "amounts", "counts", "groups");
        assertThat(model.additionalProperties().get("texts")).hasToString("[null, {b=1}]");
        assertThat(model.additionalProperties().get("models")).hasToString("[null, y]");
        assertThat(model.additionalProperties().get("words")).hasToString("{c=[2], d=null}");
        assertThat(model.additionalProperties().get("amounts")).hasToString("{GPU=many, memory=NaN}");
        assertThat(model.additionalProperties().get("groups")).hasToString("{g=[7], h=8}");
    }

    @Test
    void openValuesMayBeNestedDeeply() throws IOException {
        String deep = "{\"a\":[".repeat(4_000) + "]}".repeat(4_000);

        Object list = Json.read(
                "[{\"open\":" + deep + "},{\"number\":" + deep + "},{\"new\":" + deep + "},{\"last\":\"x\"}]",
                Types.listOf(Model.class));

        assertThat((List<?>) list).hasSize(4);
    }

    @Test
    void aRecordWithoutAPlaceForOddValuesIsReadWithoutThem() throws IOException {
        Closed closed = read(
                "{\"number\":{\"last\":1},\"numbers\":[1,[2],3],\"new\":{\"last\":2},\"last\":\"x\"}", Closed.class);

        assertThat(closed).isEqualTo(new Closed(null, List.of(1, 3), "x"));
    }

    @Test
    void whatIsNoRecordIsLeftOutOfAList() throws IOException {
        Object list = Json.read("[null, 1, \"x\", [{}], {\"number\": 1, \"numbers\": []}]", Types.listOf(Closed.class));
        Object maps = Json.read("[null, 1, {\"a\": null}]", Types.listOfObjects());

        assertThat((List<?>) list).hasSize(1);
        assertThat((List<?>) maps).hasSize(1);
    }

    @Test
    void aDocumentThatWasReadAlreadyIsConvertedTheSameWay() throws IOException {
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        read.put("number", Double.NaN);
        read.put("big", new BigInteger("123456789012345678901234567890"));
        read.put("status", Map.of("a", List.of()));
        read.put("last", "x");

        Model model = Json.convert(read, Model.class);

        assertThat(model.last()).isEqualTo("x");
        assertThat(model.status()).isNull();
        assertThat(model.number()).isNull();
        assertThat(model.additionalProperties()).containsOnlyKeys("number", "big", "status");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html></html>",
                "{",
                "[{\"last\":\"x\"}",
                "[{\"last\":\"x}]",
                "[{\"number\":nan}]",
                "[{\"number\":}]",
                "[] []",
                "{}",
                "\"x\"",
                "5",
                "NaN",
                "true",
                "[{\"status\":{]}]"
            })
    void whatIsNoJsonOrNoListIsNoList(String document) {
        assertThatExceptionOfType(UnreadableJsonException.class)
                .isThrownBy(() -> Json.read(document, Types.listOf(Model.class)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html></html>", "{", "[]", "\"x\"", "5", "NaN", "true", "{\"text\":{]}", "{\"set\":{}"})
    void whatIsNoJsonOrNoObjectIsNoRecord(String document) {
        assertThatExceptionOfType(UnreadableJsonException.class).isThrownBy(() -> Json.read(document, Model.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"next\":{}", "\"next\":\"http://h/ ?\"", "\"results\":{}", "\"results\":\"none\""})
    void aPageThatCannotBeUnderstoodIsNotTakenForTheLastOne(String odd) {
        assertThatExceptionOfType(UnreadableJsonException.class)
                .isThrownBy(() -> Json.read("{\"count\":1," + odd + "}", Types.pageOf(Model.class)));
    }

    @Test
    void anOddRecordOfAPageDoesNotCostTheOthers() throws IOException {
        String json = "{\"count\":3,\"next\":null,\"results\":[{\"number\":\"N/A\"},null,{\"last\":\"x\"}]}";

        Page<?> page = (Page<?>) Json.read(json, Types.pageOf(Model.class));

        assertThat(page.results()).hasSize(2);
    }

    static List<Object> notJson() {
        return List.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Float.NaN,
                List.of(Double.NEGATIVE_INFINITY),
                new double[] {1, Double.NaN},
                new float[] {Float.NaN},
                new Double[] {Double.NaN},
                new Object());
    }

    @ParameterizedTest
    @MethodSource("notJson")
    void whatIsNoJsonIsNotWritten(Object value) {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> Json.write(Map.of("runtime_env", Map.of("x", value))))
                .satisfies(refused -> assertThat(refused.attempts()).isZero());
    }

    @Test
    void whatWasReadCanBeShown() throws IOException {
        Object read = Json.read("{\"x\":[NaN,1.5]}", Object.class);

        assertThat(Json.toText(read)).isEqualTo("{\"x\":[\"NaN\",1.5]}");
        assertThat(new String(Json.write(Map.of("x", 1e-9)), StandardCharsets.UTF_8))
                .isEqualTo("{\"x\":1.0E-9}");
    }

    private static <T> T read(String json, Class<T> type) throws IOException {
        return type.cast(Json.read(json, type));
    }
}

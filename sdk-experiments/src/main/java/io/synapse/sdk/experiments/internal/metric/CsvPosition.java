package io.synapse.sdk.experiments.internal.metric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.file.ContentHash;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a CSV file has been read.
 *
 * @param offset bytes that have been read
 * @param hash of these bytes: whether the file still begins with them
 * @param rows how many rows they have
 * @param header of the segment that the next line belongs to; null before the first line
 * @param isUnfinished whether the last row lacked the end of its line, so that a larger file may have made another of it
 * @param hasWideRow whether a row had more cells than its header
 */
public record CsvPosition(
        long offset, String hash, long rows, @Nullable CsvHeader header, boolean isUnfinished, boolean hasWideRow) {
    /** Before the first byte. */
    public static final CsvPosition START =
            new CsvPosition(0, ContentHash.empty().value(), 0, null, false, false);

    /** As JSON. */
    public String text() {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        fields.put("offset", offset).put("hash", hash).put("rows", rows);
        fields.put("unfinished", isUnfinished).put("wide", hasWideRow);
        if (header != null) {
            header.cells().forEach(fields.putArray("header")::add);
        }
        return fields.toString();
    }

    /** What {@link #text} wrote. */
    public static CsvPosition of(String text) {
        JsonNode fields = Json.tree(text);
        List<String> cells = new ArrayList<>();
        fields.path("header").forEach(cell -> cells.add(cell.textValue()));
        return new CsvPosition(
                fields.path("offset").longValue(),
                fields.path("hash").textValue(),
                fields.path("rows").longValue(),
                fields.has("header") ? new CsvHeader(cells) : null,
                fields.path("unfinished").booleanValue(),
                fields.path("wide").booleanValue());
    }
}

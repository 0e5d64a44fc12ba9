package io.synapse.sdk.experiments.internal.metric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.file.ContentHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a CSV file has been read.
 *
 * @param offset bytes that have been read
 * @param hash of these bytes: whether the file still begins with them
 * @param rows how many rows they have
 * @param header of the segment that the next line belongs to; null before the first line
 * @param isUnfinished whether the last row lacked the end of its line, so that a larger file may have made another of it
 * @param isAtEnd whether the file had no more
 * @param isInLongLine whether the next bytes, up to the end of their line, belong to a line that is too long
 * @param warnings about what was read so far
 */
public record CsvPosition(
        long offset,
        String hash,
        long rows,
        @Nullable CsvHeader header,
        boolean isUnfinished,
        boolean isAtEnd,
        boolean isInLongLine,
        Set<CsvWarning> warnings) {
    /** Before the first byte. */
    public static final CsvPosition START =
            new CsvPosition(0, ContentHash.empty().value(), 0, null, false, false, false, Set.of());

    /** The warnings are copied. */
    public CsvPosition {
        warnings = Collections.unmodifiableSet(new TreeSet<>(warnings));
    }

    /** As JSON. */
    public String text() {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        fields.put("offset", offset).put("hash", hash).put("rows", rows);
        fields.put("unfinished", isUnfinished).put("at_end", isAtEnd).put("in_long_line", isInLongLine);
        warnings.forEach(warning -> fields.withArray("warnings").add(warning.name()));
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
        Set<CsvWarning> warnings = new TreeSet<>();
        fields.path("warnings").forEach(name -> warnings.add(CsvWarning.valueOf(name.textValue())));
        return new CsvPosition(
                fields.path("offset").longValue(),
                fields.path("hash").textValue(),
                fields.path("rows").longValue(),
                fields.has("header") ? new CsvHeader(cells) : null,
                fields.path("unfinished").booleanValue(),
                fields.path("at_end").booleanValue(),
                fields.path("in_long_line").booleanValue(),
                warnings);
    }
}

package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.Page;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The links between pages, which the client makes: these servers say how many items there are, or have a cursor. */
public final class Links {
    private static final String CURSOR = "?cursor=";
    private static final String OFFSET = "?offset=";

    private Links() {}

    /** A page of a list that is all on one page. */
    static <T> Page<T> only(List<T> items) {
        return new Page<>(items.size(), null, null, items);
    }

    /**
     * A page of a list with a cursor.
     *
     * @param total the number of all items; null if the server does not say
     * @param cursor that of the next page; null on the last one
     */
    static <T> Page<T> withCursor(List<T> items, @Nullable Object total, @Nullable Object cursor) {
        URI next = cursor == null || cursor.toString().isEmpty()
                ? null
                : URI.create(CURSOR + URLEncoder.encode(cursor.toString(), StandardCharsets.UTF_8));
        return new Page<>(total instanceof Number number ? number.longValue() : items.size(), next, null, items);
    }

    /** The cursor of a link; null for the first page. */
    static @Nullable String cursor(@Nullable URI link) {
        return link == null
                ? null
                : URLDecoder.decode(link.toString().substring(CURSOR.length()), StandardCharsets.UTF_8);
    }

    /** The link to the items from this offset on, whose page begins after the item of this id. */
    static URI offset(long offset, String lastId) {
        return URI.create(OFFSET + offset + "#" + lastId);
    }

    /** The offset of a link; 0 for the first page. */
    static long offset(@Nullable URI link) {
        return link == null ? 0 : Long.parseLong(link.getRawQuery().substring(OFFSET.length() - 1));
    }

    /** The id of the last item before a link; empty for the first page. */
    static String lastId(@Nullable URI link) {
        return link == null || link.getRawFragment() == null ? "" : link.getRawFragment();
    }
}

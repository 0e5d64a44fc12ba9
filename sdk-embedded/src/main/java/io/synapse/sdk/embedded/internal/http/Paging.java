package io.synapse.sdk.embedded.internal.http;

import io.javalin.http.Context;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lists in pages: the query's {@code page}, from 1, of {@code page_size} elements, 1 to 100 and 20 by default
 * (wire/agent.md, section 1).
 */
final class Paging {
    private static final int DEFAULT_SIZE = 20;
    private static final int MAX_SIZE = 100;

    private Paging() {}

    /**
     * The page that the request asks for. Its links to the next and the previous one are on the origin that the caller
     * used, and keep the rest of his query.
     *
     * @param all the elements of all pages
     * @throws RefusedException with status 400 when page or size are out of range; with 404 when there is no such page
     */
    static Map<String, @Nullable Object> page(Context request, List<?> all) {
        int size = number(request, "page_size", DEFAULT_SIZE, MAX_SIZE);
        int page = number(request, "page", 1, Integer.MAX_VALUE);
        int pages = Math.max(1, (all.size() + size - 1) / size);
        if (page > pages) {
            throw new RefusedException(404, "there is no page " + page + "; the last one is " + pages);
        }
        int from = (page - 1) * size;
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("count", all.size());
        answer.put("next", page < pages ? link(request, page + 1) : null);
        answer.put("previous", page > 1 ? link(request, page - 1) : null);
        answer.put("results", all.subList(from, Math.min(all.size(), from + size)));
        return answer;
    }

    private static int number(Context request, String name, int byDefault, int max) {
        String given = request.queryParam(name);
        if (given == null) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(given);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw outOfRange(name, max);
        }
        throw outOfRange(name, max);
    }

    private static RefusedException outOfRange(String name, int max) {
        return new RefusedException(400, name + " must be a number from 1" + (max == MAX_SIZE ? " to " + max : ""));
    }

    private static String link(Context request, int page) {
        StringBuilder link = new StringBuilder(request.url());
        char divider = '?';
        for (Map.Entry<String, List<String>> parameter : query(request, page).entrySet()) {
            for (String value : parameter.getValue()) {
                link.append(divider)
                        .append(encoded(parameter.getKey()))
                        .append('=')
                        .append(encoded(value));
                divider = '&';
            }
        }
        return link.toString();
    }

    private static Map<String, List<String>> query(Context request, int page) {
        Map<String, List<String>> query = new LinkedHashMap<>(request.queryParamMap());
        query.put("page", List.of(String.valueOf(page)));
        return query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

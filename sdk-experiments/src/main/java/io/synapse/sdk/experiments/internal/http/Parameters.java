package io.synapse.sdk.experiments.internal.http;

import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads parameters of queries and headers. */
final class Parameters {
    private Parameters() {}

    /**
     * A parameter of the query that must be there.
     *
     * @throws Failure when it is not: 422
     */
    static String required(Context request, String name) {
        String value = request.queryParam(name);
        if (value == null) {
            throw Failure.invalid("missing", List.of("query", name), "Field required");
        }
        return value;
    }

    /**
     * A whole number of the query.
     *
     * @throws Failure when it is none, or out of its range: 422
     */
    static OptionalLong number(Context request, String name, long least, long most) {
        return number(request.queryParam(name), "query", name, least, most);
    }

    /** A whole number of a header, likewise. */
    static OptionalLong header(Context request, String name, long least, long most) {
        return number(request.header(name), "header", name, least, most);
    }

    /** The parts of a list that is separated by commas or given several times; none when it is absent. */
    static List<String> list(Context request, String name) {
        return request.queryParams(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static OptionalLong number(@Nullable String value, String where, String name, long least, long most) {
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!value.matches("-?\\d{1,18}")) {
            throw Failure.invalid("int_parsing", List.of(where, name), "Input should be a valid integer");
        }
        long number = Long.parseLong(value);
        if (number < least || number > most) {
            throw Failure.invalid(
                    "out_of_range", List.of(where, name), "Input should be from " + least + " to " + most);
        }
        return OptionalLong.of(number);
    }
}

package io.synapse.sdk.ray;

import io.synapse.sdk.BadRequestException;

/**
 * What a node, a task or an actor must be like to be listed. Immutable.
 *
 * <p>The columns are the fields that Ray can filter by, in its own words: {@code state}, {@code job_id}, {@code name},
 * {@code node_id}, {@code type}, {@code class_name} and others. Text is compared without regard to case. A column that
 * Ray cannot filter by is a {@link BadRequestException}, whose {@code detail()} names those it can; but only where there is
 * something to filter: Ray does not look at the column of an empty list.
 *
 * @param column the field, as the server names it
 * @param predicate how it is compared
 * @param value what it is compared with
 */
public record StateFilter(String column, Predicate predicate, String value) {
    /** How a field is compared. */
    public enum Predicate {
        /** It is the same. */
        EQUAL("="),
        /** It is something else. */
        NOT_EQUAL("!=");

        private final String sign;

        Predicate(String sign) {
            this.sign = sign;
        }

        /** The sign as it goes over the wire. */
        public String sign() {
            return sign;
        }
    }

    /**
     * Checks the column.
     *
     * @throws BadRequestException when it is empty
     */
    public StateFilter {
        if (column.isBlank()) {
            throw BadRequestException.refused("a filter needs a column, for instance state");
        }
    }

    /**
     * Those whose field is this.
     *
     * @param value text, a number, a boolean, or a state such as {@code TaskState.FAILED}
     */
    public static StateFilter equal(String column, Object value) {
        return new StateFilter(column, Predicate.EQUAL, value.toString());
    }

    /**
     * Those whose field is not this.
     *
     * @param value text, a number, a boolean, or a state such as {@code TaskState.FAILED}
     */
    public static StateFilter notEqual(String column, Object value) {
        return new StateFilter(column, Predicate.NOT_EQUAL, value.toString());
    }

    @Override
    public String toString() {
        return column + predicate.sign() + value;
    }
}

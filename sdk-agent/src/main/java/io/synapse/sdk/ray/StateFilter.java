package io.synapse.sdk.ray;

import io.synapse.sdk.BadRequestException;

/**
 * A condition on the nodes, tasks or actors to list. Immutable.
 *
 * <p>The columns are the names of fields that Ray can filter by: {@code state}, {@code job_id}, {@code name},
 * {@code node_id}, {@code type}, {@code class_name} and others. Text is compared ignoring case. A column that Ray
 * cannot filter by causes a {@link BadRequestException} whose {@code detail()} names the valid ones, but not if the
 * unfiltered list is empty: Ray does not check the column then.
 *
 * @param column the field, as the server names it
 * @param predicate the comparison
 * @param value the value to compare with
 */
public record StateFilter(String column, Predicate predicate, String value) {
    /** A comparison. */
    public enum Predicate {
        /** The values are equal. */
        EQUAL("="),
        /** The values are not equal. */
        NOT_EQUAL("!=");

        private final String sign;

        Predicate(String sign) {
            this.sign = sign;
        }

        /** The operator as sent to the server. */
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
     * Matches if the field has this value.
     *
     * @param value text, a number, a boolean, or a state such as {@code TaskState.FAILED}
     */
    public static StateFilter equal(String column, Object value) {
        return new StateFilter(column, Predicate.EQUAL, value.toString());
    }

    /**
     * Matches if the field has another value.
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

package io.synapse.sdk;

/**
 * Limits the retries of all calls of a client together, so that a failing service does not get a multiple of its usual
 * load. Each call adds a part of a retry to the budget, each retry takes a whole one; where less than one is left, a
 * failed call is not retried. The budget is full at first.
 *
 * @param ratio how many retries each call adds; from 0 to 10
 * @param max the largest number of retries that are saved; from 1 to 1,000,000
 */
public record RetryBudget(double ratio, int max) {
    /** A fifth of a retry for each call, at most ten saved (wire/gateway.md, section 7). */
    public static final RetryBudget DEFAULT = new RetryBudget(0.2, 10);

    private static final int MAX_RATIO = 10;
    private static final int MAX_SAVED = 1_000_000;

    /**
     * Checks the values.
     *
     * @throws BadRequestException when one of them is out of its range
     */
    public RetryBudget {
        if (!(ratio >= 0 && ratio <= MAX_RATIO) || max < 1 || max > MAX_SAVED) {
            throw BadRequestException.refused(
                    "a retry budget has a ratio from 0 to 10 and saves 1 to 1000000 retries, not " + ratio + " and "
                            + max);
        }
    }
}

package io.synapse.sdk.internal.resilience;

import io.synapse.sdk.RetryBudget;

/** What is left of a {@link RetryBudget}. Thread-safe. */
final class RetryTokens {
    private final RetryBudget budget;
    private double left;

    RetryTokens(RetryBudget budget) {
        this.budget = budget;
        this.left = budget.max();
    }

    synchronized void callStarted() {
        left = Math.min(budget.max(), left + budget.ratio());
    }

    /** Takes one retry, if there is one. */
    synchronized boolean tryRetry() {
        boolean enough = left >= 1;
        if (enough) {
            left--;
        }
        return enough;
    }
}

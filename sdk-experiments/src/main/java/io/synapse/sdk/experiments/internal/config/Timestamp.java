package io.synapse.sdk.experiments.internal.config;

/**
 * A date or time, which is one by YAML 1.1 only.
 *
 * @param text as it is written
 */
record Timestamp(String text) {
    @Override
    public String toString() {
        return text;
    }
}

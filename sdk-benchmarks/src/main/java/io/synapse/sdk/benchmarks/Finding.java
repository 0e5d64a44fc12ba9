package io.synapse.sdk.benchmarks;

/**
 * What was found of the SDK alone.
 *
 * @param id the benchmark
 * @param work what was done
 * @param server against which server; empty for none
 * @param result what was found
 * @param demand what should be found, in words
 * @param isMet whether it was
 */
record Finding(String id, String work, String server, String result, String demand, boolean isMet) implements Row {
    @Override
    public String peer() {
        return "–";
    }

    @Override
    public String ours() {
        return "";
    }

    @Override
    public String theirs() {
        return "";
    }

    @Override
    public String goal() {
        return demand;
    }
}

package io.synapse.sdk.benchmarks;

import java.util.Locale;

/**
 * The SDK and something else at the same work.
 *
 * @param id the benchmark
 * @param work what was done
 * @param server against which server
 * @param peer what the SDK is compared with
 * @param unit of the figures
 * @param sdk what the SDK took, round by round
 * @param other what the other took in the same rounds
 * @param target what the ratio should be
 */
record Comparison(
        String id, String work, String server, String peer, Unit unit, Samples sdk, Samples other, Target target)
        implements Row {
    /** What is counted. */
    enum Unit {
        /** Lines of a log, in a second. */
        LINES_PER_SECOND("k lines/s", 1e-3),
        /** Of a call. */
        MICROSECONDS("µs", 1),
        /** Of a process. */
        MILLISECONDS("ms", 1),
        /** Of a JVM. */
        CLASSES("classes", 1),
        /** Of memory. */
        KILOBYTES("KB", 1e-3),
        /** Of memory. */
        MEGABYTES("MB", 1e-6);

        private final String name;
        private final double factor;

        Unit(String name, double factor) {
            this.name = name;
            this.factor = factor;
        }

        private String of(double value) {
            double scaled = value * factor;
            return String.format(Locale.ROOT, scaled < 100 ? "%.1f %s" : "%,.0f %s", scaled, name);
        }
    }

    private Samples ratio() {
        return sdk.dividedBy(other);
    }

    @Override
    public String ours() {
        return unit.of(sdk.median());
    }

    @Override
    public String theirs() {
        return unit.of(other.median());
    }

    @Override
    public String result() {
        Samples ratio = ratio();
        return String.format(Locale.ROOT, "%.2fx (%.2f–%.2f)", ratio.median(), ratio.min(), ratio.max());
    }

    @Override
    public String goal() {
        return target.toString();
    }

    @Override
    public boolean isMet() {
        return target.isMetBy(ratio().median());
    }
}

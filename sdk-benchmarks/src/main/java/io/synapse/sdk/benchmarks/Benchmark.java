package io.synapse.sdk.benchmarks;

import java.io.IOException;
import java.util.List;

/** One kind of work that is measured. */
interface Benchmark {
    /** How it is called on the command line and in the report: {@code P1}. */
    String id();

    /** Does the work, ours and others' in turn, and says what it took. */
    List<Row> run(Workbench workbench) throws IOException, InterruptedException;
}

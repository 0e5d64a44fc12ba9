package io.synapse.sdk.experiments.internal.metric;

/** What of a CSV file is not shown; told once for a run, however often it is so. */
public enum CsvWarning {
    WIDE_ROW("rows have more cells than the header: the further cells were dropped"),
    LONG_LINE("a line has more than " + CsvFile.MAX_LINE + " bytes: it was left out"),
    TEXT("cells that are text and no number have no value");

    private final String sentence;

    CsvWarning(String sentence) {
        this.sentence = sentence;
    }

    /** As users are told. */
    public String sentence() {
        return sentence;
    }
}

package io.synapse.sdk.experiments.internal.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvMergeTest {
    @Test
    void aStepOfBothIsTheNewerOnesAndAllOthersAreKeptInOrder() {
        String merged = CsvMerge.of("step,loss\n0,0.9\n1,0.8\n2,0.7\n3,0.6\n", "step,loss\n1,0.5\n2,0.4\n", false);

        assertThat(merged).isEqualTo("step,loss\n0,0.9\n1,0.5\n2,0.4\n3,0.6\n");
    }

    @Test
    void stepsThatBeginAnewWithEachEpochAndSeveralRowsOfAStepAreKept() {
        assertThat(CsvMerge.of("epoch,step,loss\n0,0,9\n0,1,8\n1,0,7\n", "epoch,step,loss\n1,0,6\n1,1,5\n", false))
                .isEqualTo("epoch,step,loss\n0,0,9\n0,1,8\n1,0,6\n1,1,5\n");
        assertThat(CsvMerge.of("step,train,val\n0,9,\n0,,8\n1,7,\n", "step,train,val\n1,6,\n1,,5\n", false))
                .isEqualTo("step,train,val\n0,9,\n0,,8\n1,6,\n1,,5\n");
    }

    @Test
    void columnsOfEitherAreThereAndCellsWithoutAValueAreEmpty() {
        String merged = CsvMerge.of(
                "step,loss,lr\n0,0.9,0.1\n1,0.8,0.1\n", "step,accuracy,loss\n1,0.5,nan\n2,0.6,0.3\n", false);

        assertThat(merged).isEqualTo("step,accuracy,loss,lr\n0,,0.9,0.1\n1,0.5,nan,\n2,0.6,0.3,\n");
    }

    @Test
    void rowsWithoutAStepAreCountedAndStepsAreNumbersNotWords() {
        assertThat(CsvMerge.of("loss\n9\n8\n7\n", "loss\n1\n", false)).isEqualTo("loss\n1\n8\n7\n");
        assertThat(CsvMerge.of("epoch,loss\n9,1\n10,2\n", "epoch,loss\n10.0,3\n11.0,4\n", false))
                .isEqualTo("epoch,loss\n9,1\n10.0,3\n11.0,4\n");
    }

    @Test
    void anUnfinishedLineIsLeftOutAndAnEmptyFileChangesNothing() {
        assertThat(CsvMerge.of("step,loss\n0,1\n", "step,loss\n1,0.5\n2,0.", false))
                .isEqualTo("step,loss\n0,1\n1,0.5\n");
        assertThat(CsvMerge.of("step,loss\n0,1\n", "", false)).isEqualTo("step,loss\n0,1\n");
        assertThat(CsvMerge.of("", "step,loss\n0,1\n", false)).isEqualTo("step,loss\n0,1\n");
        assertThat(CsvMerge.of("", "step,lo", false)).isEqualTo("step,lo");
    }

    @Test
    void aLastLineWithoutItsEndCountsInAFileThatIsOverIfItHasAllItsCells() {
        assertThat(CsvMerge.of("step,loss\n0,1\n1,0.5", "", false)).isEqualTo("step,loss\n0,1\n1,0.5\n");
        assertThat(CsvMerge.of("step,loss\n0,1\n1", "", false)).isEqualTo("step,loss\n0,1\n");
        assertThat(CsvMerge.of("step,loss\n0,1\n2,3\n", "step,loss\n1,0.5", true))
                .isEqualTo("step,loss\n0,1\n1,0.5\n2,3\n");
        assertThat(CsvMerge.of("step,loss\n0,1\n", "step,loss\n1", true)).isEqualTo("step,loss\n0,1\n");
    }

    @Test
    void aNewHeaderInTheMiddleHasItsOwnColumnsAndQuotedCellsStayWhole() {
        assertThat(CsvMerge.of("step,loss\n0,1\nstep,loss,f1\n1,2,3\n", "step,\"a,b\"\n2,5\n", false))
                .isEqualTo("step,\"a,b\",loss,f1\n0,,1,\n1,,2,3\n2,5,,\n");
    }
}

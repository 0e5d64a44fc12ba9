package io.synapse.sdk.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.Models;
import io.synapse.sdk.job.DriverInfo;
import io.synapse.sdk.job.Job;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that users make for their own tests. */
class ModelsTest {
    /** All that have room for fields of later servers, which is what makes a record a model. */
    static Stream<Class<?>> models() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.synapse.sdk")
                        .stream()
                        .filter(type -> type.isRecord()
                                && type.tryGetMethod("additionalProperties").isPresent())
                        .map(JavaClass::reflect);
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyModelCanBeMadeOfWhateverFieldsAreKnown(Class<?> model) {
        assertThat(Models.of(model, Map.of())).isInstanceOf(model);
        assertThat(Models.of(model, Map.of("new_field", "x")))
                .extracting("additionalProperties")
                .isEqualTo(Map.of("new_field", "x"));
    }

    @Test
    void aJobIsMadeOfItsFieldsAsInJson() {
        Instant start = Instant.parse("2026-11-21T06:00:00.123456Z");
        DriverInfo driver = Models.of(DriverInfo.class, Map.of("id", "01000000", "pid", "42"));

        Job job = Models.of(
                Job.class,
                Map.of(
                        "submission_id",
                        "train-7",
                        "status",
                        JobStatus.RUNNING,
                        "start_time",
                        start,
                        "end_time",
                        1_763_700_000_000L,
                        "metadata",
                        Map.of("team", "vision"),
                        "driver_info",
                        driver));

        assertThat(job.id()).isEqualTo("train-7");
        assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(job.startTime()).isEqualTo(start);
        assertThat(job.endTime()).isEqualTo(Instant.ofEpochSecond(1_763_700_000));
        assertThat(job.metadata()).isEqualTo(Map.of("team", "vision"));
        assertThat(job.driverInfo()).isEqualTo(driver);
        assertThat(job.entrypoint()).isNull();
    }

    @Test
    void aFieldOfAnotherTypeIsKeptAsFromAServer() {
        Job job = Models.of(Job.class, Map.of("metadata", "x"));

        assertThat(job.metadata()).isEmpty();
        assertThat(job.additionalProperties()).containsEntry("metadata", "x");
    }
}

package io.synapse.sdk.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.agent.Operations;
import io.synapse.sdk.agent.SampleCall;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every operation, of both kinds of clients, at both kinds of servers: it asks, and says what it is told. */
class EveryExperimentOperationTest {
    /** The samples have an id where these take something else. */
    private static final Set<String> OTHER_ARGUMENTS = Set.of(
            "activateComponent",
            "diffComponents",
            "getComponentBundle",
            "getComponentDetails",
            "getComponentVersion",
            "listComponentVersions",
            "resolveComponentConflict",
            "uploadComponent",
            "validateComponent",
            "cleanUpJobs",
            "followEvents");

    static Stream<SampleCall> calls() {
        return SampleCall.of(ExperimentClient.class);
    }

    @Test
    void bothClientsHaveTheSameOperations() {
        assertThat(SampleCall.of(AsyncExperimentClient.class).map(SampleCall::toString))
                .containsExactlyInAnyOrderElementsOf(
                        calls().map(SampleCall::toString).toList())
                .hasSizeGreaterThan(75);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aRefusalReachesTheCallerOfEveryOperation(SampleCall call) throws IOException {
        if (call.name().equals("followEvents")
                || call.name().equals("listComponents") && call.arguments().length == 1) {
            return; // ExperimentEventsTest has the streams; the sample is no category
        }
        for (String kind : new String[] {ScriptedExperiments.ORIGINAL, ScriptedExperiments.SYNAPSE}) {
            for (Operations way : Operations.values()) {
                try (ScriptedExperiments server = new ScriptedExperiments(kind);
                        ExperimentClient client = server.client()) {
                    if (call.name().equals("getServer")) {
                        assertThat(way.call(client, "getServer")).isInstanceOf(ExperimentServer.class);
                        continue;
                    }
                    ClientException failure = catchThrowableOfType(
                            ClientException.class, () -> way.call(client, call.name(), call.arguments()));
                    if (call.name().equals("getCurves") && kind.equals(ScriptedExperiments.ORIGINAL)) {
                        assertThat(failure).isNull(); // unknown runs are left out
                        continue;
                    }
                    Class<?> expected = OTHER_ARGUMENTS.contains(call.name())
                            ? BadRequestException.class
                            : failure instanceof UnsupportedByServerException
                                            && kind.equals(ScriptedExperiments.ORIGINAL)
                                    ? UnsupportedByServerException.class
                                    : NotFoundException.class;
                    assertThat(failure).as(way + " " + kind).isExactlyInstanceOf(expected);
                    assertThat(failure.getMessage()).doesNotContain("\n");
                    assertThat(server.asked.isEmpty()).isEqualTo(expected != NotFoundException.class);
                }
            }
        }
    }
}

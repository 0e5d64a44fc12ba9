package io.synapse.sdk.gateway.grpc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.Status;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.http.Secrets;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcErrorsTest {
    private final GrpcErrors errors =
            new GrpcErrors(GatewayCalls.plan(PlanRequest.of("a todo app")), "127.0.0.1:1", Secrets.NONE);

    /** What gRPC says when a call is begun on a connection that closes at that moment. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatClosesAsACallBeginsIsALostConnection(boolean sent) {
        FailedAttempt failed =
                of(Status.UNKNOWN.withDescription("channel closed").withCause(new ClosedChannelException()), sent);

        assertThat(failed.passing()).isTrue();
        assertThat(failed.failure().mayHaveBeenExecuted()).isEqualTo(sent);
        assertThat(failed.exception(1))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("channel closed")
                .hasCauseInstanceOf(ClosedChannelException.class);
    }

    @Test
    void anAnswerThatCannotBeReadIsNone() {
        FailedAttempt failed = of(Status.UNKNOWN.withCause(new IOException("no message")), true);

        assertThat(failed.passing()).isFalse();
        assertThat(failed.exception(1)).isInstanceOf(UnexpectedResponseException.class);
    }

    private FailedAttempt of(Status status, boolean sent) {
        return errors.of(status, new Metadata(), sent, Deadline.NONE);
    }
}

package io.synapse.sdk.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.gateway.PlanRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server says of retries is obeyed: {@code grpc-retry-pushback-ms}. */
@Timeout(60)
class GrpcRetriesTest {
    private static final RetryPolicy QUICKLY =
            RetryPolicy.DEFAULT.initialDelay(Duration.ofMillis(1)).maxDelay(Duration.ofMillis(1));

    /** Notes when calls come; fails the first ones with a pushback, and answers those after them. */
    private static final class Pushing extends RawServer.Handler {
        private final List<Long> times = new CopyOnWriteArrayList<>();
        private final int failures;
        private final Status status;
        private final String pushback;

        Pushing(int failures, Status status, String pushback) {
            this.failures = failures;
            this.status = status;
            this.pushback = pushback;
        }

        @Override
        void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
            times.add(System.nanoTime());
            Metadata trailers = new Metadata();
            if (times.size() <= failures) {
                trailers.put(Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER), pushback);
                call.close(status, trailers);
                return;
            }
            call.sendHeaders(new Metadata());
            call.sendMessage(new byte[0]);
            call.close(Status.OK, trailers);
        }
    }

    @Test
    void aPushbackIsWaitedForAndAllowsARetry() throws Exception {
        Pushing handler = new Pushing(2, Status.RESOURCE_EXHAUSTED, "250"); // without it there is no retry of this code
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().retryPolicy(QUICKLY).build()) {
            assertThat(client.createPlan(PlanRequest.of("t")).steps()).isEmpty();

            assertThat(handler.times).hasSize(3);
            for (int i = 1; i < 3; i++) {
                assertThat(Duration.ofNanos(handler.times.get(i) - handler.times.get(i - 1)))
                        .isGreaterThanOrEqualTo(Duration.ofMillis(245)); // the two clocks of the way back
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"-1", "soon", "1.5", "60000"})
    void aPushbackThatForbidsARetryOrIsTooLongEndsTheCall(String pushback) throws Exception {
        Pushing handler = new Pushing(9, Status.UNAVAILABLE, pushback);
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().retryPolicy(QUICKLY).build()) {
            ClientException failure =
                    catchThrowableOfType(ClientException.class, () -> client.createPlan(PlanRequest.of("t")));
            assertThat(failure.statusCode()).isEqualTo(503);
            assertThat(failure.attempts()).isEqualTo(1);
            assertThat(handler.times).hasSize(1);
        }
    }
}

package io.synapse.sdk.experiment;

import io.synapse.sdk.BaseClient;
import io.synapse.sdk.CallOptions;
import io.synapse.sdk.ClientBuilder;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.experiment.internal.ExperimentProtocol;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A blocking client of a server of experiments: one of this project, or the original (CVLab-Kit's Web Helper). Which of
 * the two it is, the client finds out with its first call. {@link #async()} returns its asynchronous twin.
 *
 * <pre>{@code
 * try (ExperimentClient client = ExperimentClient.builder().baseUrl("http://127.0.0.1:8000").build()) {
 *     ExperimentJob job = client.submitExperiment(ExperimentSubmission.ofConfig("project: demo\nlr: 0.1\n"));
 *     try (LogStream log = client.tailExperimentLogs(job.experimentUid())) {
 *         for (String line : log) System.out.println(line);
 *     }
 * }
 * }</pre>
 *
 * <p>Safe for use by any number of threads; share one instance. A call that fails throws a
 * {@link io.synapse.sdk.ClientException}. The original hangs for good when it gets more than 15 requests at a time, so the
 * client and its views send it at most 8; others wait, which counts against their time limit. Streams of events are not
 * counted. Facts about the original were observed with its commit 88e8974.
 */
public final class ExperimentClient extends BaseClient
        implements ProjectOperations,
                RunOperations,
                QueueOperations,
                ConfigOperations,
                DeviceOperations,
                ComponentOperations,
                NotificationOperations,
                AnalysisOperations,
                EventOperations,
                WorkerOperations {
    private ExperimentClient(Builder builder) {
        super(builder, new ExperimentProtocol(builder.zone));
    }

    ExperimentClient(AsyncExperimentClient twin) {
        super(twin);
    }

    private ExperimentClient(ExperimentClient client, CallOptions options) {
        super(client, options);
    }

    /** A builder with default settings; the base URL must be set. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A client of the server configured in the environment: {@code SYNAPSE_EXPERIMENTS_URL}, and
     * {@code SYNAPSE_EXPERIMENTS_TOKEN} if it has a token.
     *
     * @throws io.synapse.sdk.BadRequestException when the address is missing or invalid; see the message
     */
    public static ExperimentClient fromEnvironment() {
        return builder().fromEnvironment().build();
    }

    /**
     * A view of this client with other call options: {@code client.withOptions(o -> o.callTimeout(limit))}. It shares
     * the connections; closing either closes both.
     */
    public ExperimentClient withOptions(UnaryOperator<CallOptions> change) {
        return new ExperimentClient(this, change.apply(CallOptions.NONE));
    }

    /**
     * A view of this client whose calls pass these layers: circuit breakers, a budget of retries, fallbacks and so on. It
     * has their state, so create it once and share it. It shares the connections; closing either closes both.
     */
    public ExperimentClient with(Resilience resilience) {
        return withOptions(options -> options.resilience(resilience));
    }

    /** The asynchronous twin, over the same connections; closing either closes both. */
    public AsyncExperimentClient async() {
        return new AsyncExperimentClient(this);
    }

    /** Builds clients of a server of experiments. Not thread-safe. */
    public static final class Builder extends ClientBuilder<Builder> {
        /** The original runs on a server that closes a connection that was idle for 5 s (wire/gateway.md, section 1). */
        private static final Duration MAX_IDLE = Duration.ofSeconds(4);

        private ZoneId zone = ZoneId.systemDefault();

        private Builder() {
            maxIdle(MAX_IDLE);
        }

        /**
         * Takes address and token from the environment, as {@link ExperimentClient#fromEnvironment()}. Later calls of this
         * builder replace these values.
         *
         * @throws io.synapse.sdk.BadRequestException when a value is missing or invalid; see the message
         */
        public Builder fromEnvironment() {
            return ExperimentEnvironment.applyTo(this, System.getenv());
        }

        /**
         * The key of the server, sent as {@code Authorization: Bearer}; leading and trailing white space is removed. A
         * server of this project always has one.
         *
         * @throws io.synapse.sdk.BadRequestException when it is blank or has characters that a header cannot have; the
         *     message omits it
         */
        public Builder experimentsToken(String token) {
            return token("Authorization", "Bearer ", token);
        }

        /**
         * The supplier of the key, called before the first request and again after a 401.
         *
         * @param supplier returns the token; called on the thread that sends; must be thread-safe
         */
        public Builder experimentsToken(Supplier<String> supplier) {
            return token("Authorization", "Bearer ", supplier);
        }

        /**
         * The time zone of the original's clock; the system's by default. It writes most times without a zone. Servers of
         * this project write them in UTC.
         */
        public Builder serverZone(ZoneId zoneOfServer) {
            zone = Objects.requireNonNull(zoneOfServer, "zone");
            return this;
        }

        /**
         * The client.
         *
         * @throws io.synapse.sdk.BadRequestException when the base URL is missing
         */
        public ExperimentClient build() {
            return new ExperimentClient(this);
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}

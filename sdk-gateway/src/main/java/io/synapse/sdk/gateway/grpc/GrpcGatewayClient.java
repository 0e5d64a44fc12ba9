package io.synapse.sdk.gateway.grpc;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.CheckpointStore;
import io.synapse.sdk.ClientListener;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.LoadBalancing;
import io.synapse.sdk.RequestInterceptor;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerAddress;
import io.synapse.sdk.ServerStatus;
import io.synapse.sdk.gateway.AgentHealth;
import io.synapse.sdk.gateway.Analysis;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.BuildRequest;
import io.synapse.sdk.gateway.BuildResult;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.CodeReview;
import io.synapse.sdk.gateway.DeployRequest;
import io.synapse.sdk.gateway.DeployResult;
import io.synapse.sdk.gateway.ExecuteRequest;
import io.synapse.sdk.gateway.ExecutionResult;
import io.synapse.sdk.gateway.GeneratedCode;
import io.synapse.sdk.gateway.OrchestrationRequest;
import io.synapse.sdk.gateway.OrchestrationResult;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ProcessRequest;
import io.synapse.sdk.gateway.ProcessResult;
import io.synapse.sdk.gateway.Research;
import io.synapse.sdk.gateway.ResearchRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.ServingStatus;
import io.synapse.sdk.gateway.TestRequest;
import io.synapse.sdk.gateway.TestResult;
import io.synapse.sdk.gateway.grpc.internal.GatewayCalls;
import io.synapse.sdk.gateway.grpc.internal.GrpcEngine;
import io.synapse.sdk.gateway.grpc.internal.GrpcSettings;
import io.synapse.sdk.internal.http.CallPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A blocking client of the gRPC services behind an AI gateway. {@link #async()} returns its asynchronous twin. Requests
 * and answers are those of the HTTP client, {@link io.synapse.sdk.gateway.GatewayClient}.
 *
 * <pre>{@code
 * try (GrpcGatewayClient client = GrpcGatewayClient.builder().build()) {
 *     Plan plan = client.createPlan(PlanRequest.of("a todo app"));
 * }
 * }</pre>
 *
 * <p>Safe for use by any number of threads; share one instance. Each service has one connection; calls and streams
 * above the {@linkplain Builder#maxInFlight limit} wait in order of arrival, within their time limit. An interrupt
 * cancels a blocking call at the server, and sets the interrupt flag again. There is no thread before the first call
 * and none after {@link #close()}; all are daemons.
 *
 * <p>A stream sends its request with the first read, and holds up to 16 messages that were not read; then the server
 * waits. Close it after use.
 *
 * <p>A stream that is cut after a message goes on after that message, for up to 60 s without a message, and no longer than
 * the deadline of a {@linkplain #with view}, if the server numbers them: each comes once, in order, without a gap; the
 * message marked as {@link StreamMessage#last()} is its end.
 * {@link #streamPlan(PlanRequest)} is also continued against the original, which does not number messages: it is begun again, and
 * what was delivered is skipped if it is the same. Whatever cannot be continued ends in a
 * {@link io.synapse.sdk.StreamCutException} (wire/gateway.md, section 7).
 *
 * <p>Calls that change nothing are repeated after {@code UNAVAILABLE}, {@code DEADLINE_EXCEEDED} of the server,
 * {@code ABORTED}, and whatever the server allows to be repeated (RetryInfo, {@code grpc-retry-pushback-ms}); others
 * only if they surely did not run. A certificate that is not trusted ends a call at the first attempt. A call that fails
 * throws a {@link io.synapse.sdk.ClientException}; its detail has the fields of google.rpc.ErrorInfo, the reason as
 * {@code kind}:
 *
 * <table>
 * <caption>Status of gRPC and exceptions</caption>
 * <tr><th>gRPC</th><th>status</th><th>exception</th><th>may have run</th></tr>
 * <tr><td>CANCELLED, by the caller</td><td>499</td><td>{@link io.synapse.sdk.CallCancelledException}</td><td>if sent</td></tr>
 * <tr><td>CANCELLED, by the server</td><td>499</td><td>{@link io.synapse.sdk.ClientException}</td><td>yes</td></tr>
 * <tr><td>INVALID_ARGUMENT</td><td>400</td><td>{@link BadRequestException}</td><td>no</td></tr>
 * <tr><td>UNAUTHENTICATED</td><td>401</td><td>{@link io.synapse.sdk.AuthenticationException}</td><td>no</td></tr>
 * <tr><td>PERMISSION_DENIED</td><td>403</td><td>{@link io.synapse.sdk.AuthorizationException}</td><td>no</td></tr>
 * <tr><td>NOT_FOUND</td><td>404</td><td>{@link io.synapse.sdk.NotFoundException}</td><td>no</td></tr>
 * <tr><td>DEADLINE_EXCEEDED, the client's</td><td>408</td><td>{@link io.synapse.sdk.RequestTimeoutException}</td><td>if sent</td></tr>
 * <tr><td>ALREADY_EXISTS, FAILED_PRECONDITION</td><td>409</td><td>{@link io.synapse.sdk.ConflictException}</td><td>no</td></tr>
 * <tr><td>ABORTED</td><td>409</td><td>{@link io.synapse.sdk.ConflictException}</td><td>yes</td></tr>
 * <tr><td>OUT_OF_RANGE</td><td>410</td><td>{@link io.synapse.sdk.ClientException}</td><td>no</td></tr>
 * <tr><td>RESOURCE_EXHAUSTED</td><td>429</td><td>{@link io.synapse.sdk.RateLimitException}</td><td>yes</td></tr>
 * <tr><td>queue of the client full</td><td>429</td><td>{@link io.synapse.sdk.RateLimitException}</td><td>no</td></tr>
 * <tr><td>UNKNOWN, INTERNAL, DATA_LOSS</td><td>500</td><td>{@link io.synapse.sdk.ServerException} (1)</td><td>yes</td></tr>
 * <tr><td>UNIMPLEMENTED</td><td>501</td><td>{@link io.synapse.sdk.ServerException} (1)</td><td>no</td></tr>
 * <tr><td>UNAVAILABLE</td><td>503</td><td>{@link io.synapse.sdk.ConnectionException} (1)</td><td>if sent</td></tr>
 * <tr><td>DEADLINE_EXCEEDED, the server's</td><td>504</td><td>{@link io.synapse.sdk.ServerException} (1)</td><td>yes</td></tr>
 * <tr><td>an answer that cannot be read</td><td>200</td><td>{@link io.synapse.sdk.UnexpectedResponseException}</td><td>yes</td></tr>
 * <tr><td>a stream cut after a message and not continued</td><td>503</td><td>{@link io.synapse.sdk.StreamCutException}</td><td>yes</td></tr>
 * </table>
 *
 * <p>(1) {@link io.synapse.sdk.gateway.GatewayException} when the server sends an ErrorInfo. Its {@code may_have_run}
 * counts more than the last column, and a request that was not put on a connection surely did not run.
 */
public final class GrpcGatewayClient implements AutoCloseable {
    private final GrpcEngine engine;

    GrpcGatewayClient(GrpcEngine engine) {
        this.engine = engine;
    }

    /** A builder with default settings: services on 127.0.0.1, at the ports of the original. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A client of the services configured in the environment: {@code SYNAPSE_GATEWAY_CLAUDE_ADDRESS},
     * {@code SYNAPSE_GATEWAY_GEMINI_ADDRESS} and {@code SYNAPSE_GATEWAY_CODEX_ADDRESS}, each host and port, of which at
     * least one is set; {@code SYNAPSE_GATEWAY_TOKEN} if they have a token, and {@code SYNAPSE_GATEWAY_TLS=true} if
     * their connections are encrypted. A service without an address is on 127.0.0.1, at its port of the original.
     *
     * @throws BadRequestException when no address is set, or a value is invalid; see the message
     */
    public static GrpcGatewayClient fromEnvironment() {
        return builder().fromEnvironment().build();
    }

    /**
     * A view of this client whose calls pass these layers: circuit breakers, a budget of retries, fallbacks and so on. It
     * has their state, so create it once and share it. Without a bulkhead of theirs, that of the builder applies. If this
     * client is such a view, they take the place of its layers; its deadline and retry policy remain where they set none.
     * It shares the connections; closing either closes both.
     */
    public GrpcGatewayClient with(Resilience resilience) {
        return new GrpcGatewayClient(engine.with(resilience));
    }

    /** The servers of all services, and how they have answered so far; a snapshot. */
    public List<ServerStatus> servers() {
        return engine.servers();
    }

    /** The asynchronous twin, over the same connections; closing either closes both. */
    public AsyncGrpcGatewayClient async() {
        return new AsyncGrpcGatewayClient(engine);
    }

    /** The health of a service. It waits up to 5 s, retries included. The original always says {@code SERVING}. */
    public AgentHealth healthCheck(GatewayService service) {
        return engine.perform(GatewayCalls.health(service));
    }

    /** Plans a task. Waits up to 2 minutes, retries included; it is retried, since it changes nothing. */
    public Plan createPlan(PlanRequest request) {
        return engine.perform(GatewayCalls.plan(request));
    }

    /** Writes code for a description, as {@link #createPlan} plans a task. */
    public GeneratedCode generateCode(CodeRequest request) {
        return engine.perform(GatewayCalls.code(request));
    }

    /** Analyzes a text, as {@link #createPlan} plans a task. */
    public Analysis analyze(AnalysisRequest request) {
        return engine.perform(GatewayCalls.analysis(request));
    }

    /** Reviews code, as {@link #createPlan} plans a task. */
    public CodeReview reviewCode(ReviewRequest request) {
        return engine.perform(GatewayCalls.review(request));
    }

    /**
     * Executes a command on the service's machine. Waits for the command's time limit and 30 s more. A command that may
     * have run is never sent again. One that is refused, fails or takes too long is a result, not an exception.
     */
    public ExecutionResult execute(ExecuteRequest request) {
        return engine.perform(GatewayCalls.execution(request));
    }

    /**
     * Has an agent do what has no operation of its own. Waits up to 2 minutes; it is never sent again after it may have
     * run. The original implements it for {@link GatewayService#CLAUDE} only.
     */
    public ProcessResult process(GatewayService service, ProcessRequest request) {
        return engine.perform(GatewayCalls.process(service, request));
    }

    /**
     * Has several agents do the steps of a workflow, one after the other. Waits up to 10 minutes; it is never sent again
     * after it may have run. The original does not implement it; {@link io.synapse.sdk.gateway.GatewayClient} has
     * workflows.
     */
    public OrchestrationResult orchestrate(OrchestrationRequest request) {
        return engine.perform(GatewayCalls.orchestration(request));
    }

    /** Researches a question, as {@link #createPlan} plans a task. The original does not implement it. */
    public Research research(ResearchRequest request) {
        return engine.perform(GatewayCalls.research(request));
    }

    /**
     * Builds a project on the service's machine. Waits up to 10 minutes; it is never sent again after it may have run. A
     * build that fails is a result, not an exception. The original does not implement it: {@link #execute} does.
     */
    public BuildResult build(BuildRequest request) {
        return engine.perform(GatewayCalls.build(request));
    }

    /** Runs the tests of a project, as {@link #build} builds one. */
    public TestResult test(TestRequest request) {
        return engine.perform(GatewayCalls.test(request));
    }

    /** Deploys a project, as {@link #build} builds one. */
    public DeployResult deploy(DeployRequest request) {
        return engine.perform(GatewayCalls.deployment(request));
    }

    /**
     * The health of a service by the standard protocol of gRPC. Waits up to 5 s, retries included.
     *
     * @param service the service that is asked
     * @param name what is asked for: {@link GatewayService#fullName()}, or empty for the whole server
     * @throws io.synapse.sdk.NotFoundException when the server does not know the name
     */
    public ServingStatus checkHealth(GatewayService service, String name) {
        return engine.perform(GatewayCalls.check(service, name));
    }

    /**
     * Plans a task and reports how far it is. Up to 2 minutes may pass before each message.
     */
    public EventStream<StreamMessage> streamPlan(PlanRequest request) {
        return engine.stream(GatewayCalls.planStream(request));
    }

    /**
     * As {@link #streamPlan(PlanRequest)}, or goes on after the last message that an earlier run of the program was given:
     * see {@link io.synapse.sdk.EventEndpoint#checkpoints}. Needs a service that numbers its messages; of the original,
     * nothing is saved.
     *
     * @param store where how far the messages were read is kept
     * @param name the name of this stream there
     */
    public EventStream<StreamMessage> streamPlan(PlanRequest request, CheckpointStore store, String name) {
        return engine.stream(GatewayCalls.planStream(request), store, name);
    }

    /**
     * Analyzes a text and reports how far it is, as {@link #streamPlan(PlanRequest)}. The original does not implement it.
     */
    public EventStream<StreamMessage> streamAnalyze(AnalysisRequest request) {
        return engine.stream(GatewayCalls.analysisStream(request));
    }

    /** As {@link #streamAnalyze(AnalysisRequest)}, gone on with as {@link #streamPlan(PlanRequest, CheckpointStore, String)}. */
    public EventStream<StreamMessage> streamAnalyze(AnalysisRequest request, CheckpointStore store, String name) {
        return engine.stream(GatewayCalls.analysisStream(request), store, name);
    }

    /**
     * Executes a command and reports its output, as {@link #execute}. The original sends one result when it has ended,
     * and does not tell whether it failed. A stream that is cut is never begun again; it goes on where the server numbers
     * the messages.
     */
    public EventStream<StreamMessage> streamExecute(ExecuteRequest request) {
        return engine.stream(GatewayCalls.executionStream(request));
    }

    /** As {@link #streamExecute(ExecuteRequest)}, gone on with as {@link #streamPlan(PlanRequest, CheckpointStore, String)}. */
    public EventStream<StreamMessage> streamExecute(ExecuteRequest request, CheckpointStore store, String name) {
        return engine.stream(GatewayCalls.executionStream(request), store, name);
    }

    /**
     * The health of a service by the standard protocol of gRPC, now and after each change, without a time limit. It does
     * not end by itself; an unknown name is {@link ServingStatus#SERVICE_UNKNOWN}.
     *
     * @param service the service that is asked
     * @param name what is asked for: {@link GatewayService#fullName()}, or empty for the whole server
     */
    public EventStream<ServingStatus> watchHealth(GatewayService service, String name) {
        return engine.stream(GatewayCalls.watch(service, name));
    }

    /** Cancels what runs, and closes connections and threads; waits up to a second. Closing again does nothing. */
    @Override
    public void close() {
        engine.close();
    }

    /** Builds clients. Not thread-safe. Each setter throws a {@link BadRequestException} for a value out of its range. */
    public static final class Builder {
        /** The limit of the original (wire/gateway.md, section 5). */
        private static final int MAX_MESSAGE = 50 << 20;

        /** The original drops who pings more often, or without a call (wire/gateway.md, section 5). */
        private static final Duration KEEPALIVE = Duration.ofSeconds(30);

        private static final int MAX_IN_FLIGHT = 64;
        private static final int MAX_QUEUED = 256;

        private final Map<GatewayService, List<String>> addresses = new EnumMap<>(GatewayService.class);
        private @Nullable String token;
        private boolean tls;
        private @Nullable X509TrustManager trust;
        private @Nullable Duration callTimeout;
        private final List<RequestInterceptor> interceptors = new ArrayList<>();
        private ClientListener listener = ClientListener.NONE;
        private LoadBalancing loadBalancing = LoadBalancing.ROUND_ROBIN;
        private RetryPolicy retries = RetryPolicy.DEFAULT;
        private int maxMessageSize = MAX_MESSAGE;
        private int maxInFlight = MAX_IN_FLIGHT;
        private int maxQueued = MAX_QUEUED;
        private Duration keepAlive = KEEPALIVE;

        private Builder() {}

        /**
         * Takes addresses, token and encryption from the environment, as {@link GrpcGatewayClient#fromEnvironment()}.
         * Later calls of this builder replace these values.
         *
         * @throws BadRequestException when no address is set, or a value is invalid; see the message
         */
        public Builder fromEnvironment() {
            return GrpcEnvironment.applyTo(this, System.getenv());
        }

        /**
         * The address of a service.
         *
         * @param service the service
         * @param address host and port, for instance {@code gateway:5011}
         */
        public Builder address(GatewayService service, String address) {
            return addresses(service, address);
        }

        /**
         * The addresses of equivalent servers of a service; calls are distributed among them. A stream is continued at
         * its own server.
         *
         * @param service the service
         * @param servers at least one, each as {@link #address}
         */
        public Builder addresses(GatewayService service, String... servers) {
            boolean isValid =
                    servers.length > 0 && Stream.of(servers).allMatch(each -> each.matches("[^\\s/@]+:\\d{1,5}"));
            if (!isValid) {
                throw BadRequestException.refused(
                        "the address of a service is host:port, and that of " + service.name() + " is not");
            }
            List<String> all = List.of(servers);
            all.forEach(each -> ServerAddress.of("http://" + each));
            addresses.put(service, all);
            return this;
        }

        /** Which of several servers of a service gets a call; {@link LoadBalancing#ROUND_ROBIN} by default. */
        public Builder loadBalancing(LoadBalancing policy) {
            loadBalancing = Objects.requireNonNull(policy, "load balancing");
            return this;
        }

        /** The listener for calls; none by default. */
        public Builder listener(ClientListener observer) {
            listener = Objects.requireNonNull(observer, "listener");
            return this;
        }

        /**
         * Adds an interceptor, which adds metadata to each call: names in lower case that do not end in {@code -bin}, and
         * ASCII text. It is given POST and the URL of the method.
         */
        public Builder interceptor(RequestInterceptor interceptor) {
            interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
            return this;
        }

        /**
         * A token, sent as {@code authorization: Bearer} in the metadata of each call; white space around it is
         * removed. The original ignores it. Without {@link #tls()} it can be read by others on the network.
         */
        public Builder token(String token) {
            String stripped = token.strip();
            if (!stripped.matches("[\\x21-\\x7e]+")) {
                throw BadRequestException.refused("the token is blank or has characters that metadata cannot have");
            }
            this.token = stripped;
            return this;
        }

        /** Encrypts the connections, and trusts whom the JVM trusts. The default is no encryption, as of the original. */
        public Builder tls() {
            tls = true;
            return this;
        }

        /** Encrypts the connections, and trusts whom this one trusts. */
        public Builder tls(X509TrustManager trust) {
            tls = true;
            this.trust = Objects.requireNonNull(trust, "trust");
            return this;
        }

        /**
         * The total time of each call, waiting and retries included, in place of those of the operations; for streams,
         * the time until the first message and between two, except of {@link GrpcGatewayClient#watchHealth}. The server is
         * told how much of it is left.
         *
         * @param limit {@link Duration#ZERO} for no limit; not negative
         */
        public Builder callTimeout(Duration limit) {
            if (limit.isNegative()) {
                throw BadRequestException.refused("a time limit is not negative: " + limit);
            }
            callTimeout = limit;
            return this;
        }

        /** The retries; {@link RetryPolicy#DEFAULT} by default. */
        public Builder retryPolicy(RetryPolicy policy) {
            retries = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /** The largest message in bytes, both ways; at least 1, 50 MiB by default as of the original. */
        public Builder maxMessageSize(int bytes) {
            maxMessageSize = atLeast(1, bytes);
            return this;
        }

        /** How many calls and streams each server has at once; at least 1, 64 by default. */
        public Builder maxInFlight(int calls) {
            maxInFlight = atLeast(1, calls);
            return this;
        }

        /**
         * How many more wait for each service, first come, first served; 256 by default. Any more are refused at once
         * with a {@link io.synapse.sdk.RateLimitException}.
         */
        public Builder maxQueued(int calls) {
            maxQueued = atLeast(0, calls);
            return this;
        }

        /** The client. It connects with the first call. */
        public GrpcGatewayClient build() {
            return new GrpcGatewayClient(new GrpcEngine(settings()));
        }

        /** For tests; gRPC makes ten seconds of less. */
        Builder keepAlive(Duration interval) {
            keepAlive = interval;
            return this;
        }

        GrpcSettings settings() {
            return new GrpcSettings(
                    addresses,
                    loadBalancing,
                    token,
                    interceptors,
                    tls,
                    trust,
                    new CallPolicy(
                            callTimeout == null ? Duration.ZERO : callTimeout, callTimeout != null, retries, listener),
                    maxMessageSize,
                    maxInFlight,
                    maxQueued,
                    keepAlive);
        }

        private static int atLeast(int least, int value) {
            if (value < least) {
                throw BadRequestException.refused("this limit is at least " + least + ", not " + value);
            }
            return value;
        }
    }
}

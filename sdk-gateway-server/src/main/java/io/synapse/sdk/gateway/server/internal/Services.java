package io.synapse.sdk.gateway.server.internal;

import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.AnalysisType;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.WorkflowRole;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.server.GatewayAgent;
import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import io.synapse.sdk.gateway.server.internal.command.CommandOrder;
import io.synapse.sdk.gateway.server.internal.command.Commands;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The three services behind the gateway and its workflows: what HTTP and gRPC both give access to. Each call is
 * {@link Work} of the queue of its service; each stream is kept, so that its reader can come back. Thread-safe.
 */
public final class Services {
    private static final Consumer<String> NOBODY = piece -> {};
    private static final Duration EXECUTE_MARGIN = Duration.ofSeconds(30);
    private static final Duration DEFAULT_COMMAND_TIMEOUT = Duration.ofSeconds(30);

    /** About what the next gateway needs to start. */
    private static final Duration RESTART = Duration.ofSeconds(1);

    private static final int MOST_STEPS = 5;

    private final Settings settings;
    private final Clock clock;
    private final Answers answers;
    private final Map<GatewayService, WorkQueue> queues = new EnumMap<>(GatewayService.class);
    private final WorkQueue workflowQueue;
    private final Commands closingCommand;
    private final Streams streams;
    private final Workflows workflows;
    private final long startNanos = System.nanoTime();
    private volatile boolean isServing = true;

    /**
     * How the services are set up.
     *
     * @param agents who answers, by the value of the role; each role has one
     * @param commands the commands of callers
     * @param limits how much each service takes on
     * @param callTimeout how long a call may take that names no time itself
     * @param streams what is kept of streams
     * @param directory where streams and workflows are kept; null for nowhere
     */
    public record Settings(
            Map<WorkflowRole, GatewayAgent> agents,
            Commands commands,
            WorkQueue.Limits limits,
            Duration callTimeout,
            StreamLimits streams,
            @Nullable Path directory) {}

    /**
     * Services that have nothing to do yet.
     *
     * @param threads where work is done; gives each a thread at once
     * @throws IOException when the directory cannot be used
     */
    public Services(Settings settings, Executor threads, ScheduledExecutorService timer, Clock clock)
            throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.answers = new Answers(clock);
        for (GatewayService service : GatewayService.values()) {
            queues.put(service, new WorkQueue(nameOf(service), settings.limits(), threads, timer));
        }
        workflowQueue = new WorkQueue("workflow", settings.limits(), threads, timer);
        closingCommand = new Commands(true, Set.of("echo"), null, threads);
        Path directory = settings.directory();
        streams = new Streams(settings.streams(), timer, directory == null ? null : directory.resolve("streams"));
        WorkflowStore store =
                directory == null ? null : new WorkflowStore(directory.resolve("workflows"), Workflows.KEPT);
        workflows = new Workflows(this::begin, timer, store);
    }

    /** The name of a service over HTTP, for instance {@code claude}. */
    public static String nameOf(GatewayService service) {
        return service.name().toLowerCase(Locale.ROOT);
    }

    /** Whether it takes calls. */
    public boolean isServing() {
        return isServing;
    }

    /** Since when it runs. */
    public Duration uptime() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** What a service has done. */
    public WorkQueue.Counts counts(GatewayService service) {
        return queue(service).counts();
    }

    /** The queues of the services and that of workflows. */
    public List<WorkQueue> queues() {
        List<WorkQueue> all = new ArrayList<>(queues.values());
        all.add(workflowQueue);
        return all;
    }

    /** How many workflows run. */
    public int activeWorkflows() {
        return workflowQueue.inFlight();
    }

    /** What there is of streams. */
    public Streams.Counts streamCounts() {
        return streams.counts();
    }

    /** How long a call may take that names no time itself. */
    public Duration callTimeout() {
        return settings.callTimeout();
    }

    /** How long a workflow may take: its steps, one after the other. */
    public Duration workflowTimeout() {
        return settings.callTimeout().multipliedBy(MOST_STEPS);
    }

    /** Plans a task. */
    public Work<Map<String, @Nullable Object>> plan(PlanRequest request, Duration limit) {
        return submit(GatewayService.CLAUDE, limit, () -> plan(request, NOBODY));
    }

    /** Writes code. */
    public Work<Map<String, @Nullable Object>> code(CodeRequest request, Duration limit) {
        GatewayAgent agent = agent(WorkflowRole.CODER);
        return submit(
                GatewayService.CLAUDE, limit, () -> answers.of(agent.generateCode(request, NOBODY), agent.source()));
    }

    /** Analyzes a text. */
    public Work<Map<String, @Nullable Object>> analyze(AnalysisRequest request, Duration limit) {
        return submit(GatewayService.GEMINI, limit, () -> analyze(request, NOBODY));
    }

    /** Reviews code. */
    public Work<Map<String, @Nullable Object>> review(ReviewRequest request, Duration limit) {
        GatewayAgent agent = agent(WorkflowRole.REVIEWER);
        return submit(GatewayService.GEMINI, limit, () -> answers.of(agent.review(request, NOBODY), agent.source()));
    }

    /**
     * Executes a command.
     *
     * @throws GatewayFailure when none may be executed, or there is too much to do
     */
    public Work<Map<String, @Nullable Object>> execute(CommandOrder order, Duration limit) {
        settings.commands().requireAllowed();
        return submit(GatewayService.CODEX, limit, () -> settings.commands().run(order, this::now, null));
    }

    /** Runs a workflow. */
    public Work<Map<String, @Nullable Object>> workflow(WorkflowOrder order, Duration limit) {
        return workflowQueue.submit(limit, () -> workflows.run(order));
    }

    /**
     * The request of a stream, as it was given when the stream was begun.
     *
     * @throws GatewayFailure when there is no such stream, or it is not kept any more
     */
    public String requestOf(String stream) {
        return streams.request(stream);
    }

    /**
     * Plans a task as a stream; a position continues one.
     *
     * @param given the request in the caller's form: see {@link #requestOf}
     */
    public StreamReader streamPlan(PlanRequest request, String given, @Nullable StreamPosition from) {
        byte[] hash = RequestHash.of("plan", request.task(), request.constraints());
        return generate(
                GatewayService.CLAUDE,
                "plan",
                hash,
                given,
                from,
                pieces -> plan(request, pieces),
                request.restartable());
    }

    /** Analyzes a text as a stream, as {@link #streamPlan}. */
    public StreamReader streamAnalyze(AnalysisRequest request, String given, @Nullable StreamPosition from) {
        AnalysisType type = request.analysisType();
        byte[] hash = RequestHash.of("analyze", request.content(), type == null ? "" : type.value());
        return generate(
                GatewayService.GEMINI,
                "analyze",
                hash,
                given,
                from,
                pieces -> analyze(request, pieces),
                request.restartable());
    }

    /** Makes an answer, and gives its text to a stream. */
    @FunctionalInterface
    private interface Generator {
        Map<String, @Nullable Object> generate(Consumer<String> pieces) throws InterruptedException;
    }

    private StreamReader generate(
            GatewayService service,
            String kind,
            byte[] hash,
            String given,
            @Nullable StreamPosition from,
            Generator generator,
            boolean mayRestart) {
        Streams.Producer producer = (stream, already) -> {
            Generation generation = mayRestart
                    ? new RestartableGeneration(stream, already, clock)
                    : new Generation(stream, already, clock);
            Map<String, @Nullable Object> answer = generator.generate(generation);
            answer.values().removeIf(value -> value == null);
            generation.result(Json.text(withoutTime(answer)), null);
        };
        return stream(new Streams.Order(kind, hash, given, queue(service), settings.callTimeout(), producer), from);
    }

    /** A result that is made again must be the same. */
    private static Map<String, @Nullable Object> withoutTime(Map<String, @Nullable Object> answer) {
        answer.keySet().removeAll(Set.of("created_at", "analyzed_at"));
        return answer;
    }

    /** Executes a command as a stream, as {@link #streamPlan}. */
    public StreamReader streamExecute(CommandOrder order, String given, @Nullable StreamPosition from) {
        settings.commands().requireAllowed();
        byte[] hash = RequestHash.of(
                "execute",
                order.command(),
                order.arguments(),
                order.workingDir() == null ? "" : order.workingDir(),
                new TreeMap<>(order.environment()),
                order.timeout().toString());
        Streams.Producer producer = (stream, already) -> {
            if (!already.isEmpty()) {
                throw new GatewayFailure(
                                Kind.UNAVAILABLE, "the gateway ended while the command ran; its outcome is lost")
                        .mayHaveRun(true);
            }
            execute(order, new Generation(stream, already, clock));
        };
        Duration limit = limitOf(order);
        return stream(new Streams.Order("exec", hash, given, queue(GatewayService.CODEX), limit, producer), from);
    }

    /** The time for a command, its wait and its end. */
    public static Duration limitOf(CommandOrder order) {
        return (order.timeout().isZero() || order.timeout().isNegative() ? DEFAULT_COMMAND_TIMEOUT : order.timeout())
                .plus(EXECUTE_MARGIN);
    }

    private void execute(CommandOrder order, Generation generation) throws IOException, InterruptedException {
        String command = order.command().isEmpty() ? String.join(" ", order.arguments()) : order.command();
        generation.accept("Starting: " + command);
        Map<String, @Nullable Object> answer = settings.commands().run(order, this::now, generation::accept);
        String output = String.valueOf(answer.get("stdout"));
        String content = output.isEmpty() ? String.valueOf(answer.get("stderr")) : output;
        generation.result(content, answer.get("exit_code") instanceof Integer code ? code : null);
    }

    /** Runs a workflow as a stream of events; a position continues one. */
    public StreamReader streamWorkflow(WorkflowOrder order, @Nullable StreamPosition from) {
        Streams.Producer producer = (stream, already) -> workflows.stream(order, stream, already);
        return stream(
                new Streams.Order("workflow", order.hash(), "", workflowQueue, workflowTimeout(), producer), from);
    }

    private StreamReader stream(Streams.Order order, @Nullable StreamPosition from) {
        return from == null ? streams.open(order) : streams.resume(from, order);
    }

    private Map<String, @Nullable Object> plan(PlanRequest request, Consumer<String> pieces)
            throws InterruptedException {
        GatewayAgent agent = agent(WorkflowRole.PLANNER);
        return answers.of(agent.plan(request, pieces), agent.source());
    }

    private Map<String, @Nullable Object> analyze(AnalysisRequest request, Consumer<String> pieces)
            throws InterruptedException {
        GatewayAgent agent = agent(WorkflowRole.ANALYST);
        return answers.of(agent.analyze(request, pieces), agent.source());
    }

    /** Begins a step of a workflow. The last one says that it is complete; code that was generated is never run. */
    private Work<Map<String, @Nullable Object>> begin(
            WorkflowStepKind step, WorkflowOrder order, Map<WorkflowStepKind, Map<String, @Nullable Object>> done) {
        Duration limit = settings.callTimeout();
        return switch (step) {
            case PLAN -> plan(PlanRequest.of(order.task()).constraints(order.constraints()), limit);
            case ANALYZE ->
                analyze(AnalysisRequest.of(order.task()).analysisType(new AnalysisType("requirements")), limit);
            case GENERATE_CODE, CODE -> code(CodeRequest.of(order.task()), limit);
            case REVIEW -> {
                Map<String, @Nullable Object> code = done.getOrDefault(WorkflowStepKind.GENERATE_CODE, Map.of());
                ReviewRequest request = ReviewRequest.of(String.valueOf(code.get("code")));
                yield review(request.language(String.valueOf(code.get("language"))), limit);
            }
            case EXECUTE -> {
                CommandOrder command = new CommandOrder(
                        "echo 'Workflow completed!'", List.of(), null, Map.of(), DEFAULT_COMMAND_TIMEOUT);
                yield submit(GatewayService.CODEX, limit, () -> closingCommand.run(command, this::now, null));
            }
        };
    }

    private <T> Work<T> submit(GatewayService service, Duration limit, Callable<T> task) {
        return queue(service).submit(limit, task);
    }

    private String now() {
        return answers.time(null);
    }

    private WorkQueue queue(GatewayService service) {
        return known(queues.get(service));
    }

    private GatewayAgent agent(WorkflowRole role) {
        return known(settings.agents().get(role));
    }

    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("each service has a queue, and each role an agent");
        }
        return value;
    }

    /**
     * Refuses a call, if no further one is taken. A workflow that runs needs the services until its end, so they do not
     * refuse by themselves.
     *
     * @throws GatewayFailure of kind unavailable
     */
    public void requireServing() {
        if (!isServing) {
            throw shuttingDown();
        }
    }

    /** Takes no further calls; those that are there go on. */
    public void stopServing() {
        isServing = false;
        streams.closing();
    }

    /** Waits until nothing is left to do, so long at most. Says whether that is so. */
    public boolean awaitIdle(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        boolean isIdle = workflowQueue.awaitIdle(limit);
        for (WorkQueue queue : queues.values()) {
            isIdle &= queue.awaitIdle(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
        return isIdle;
    }

    /** Ends all that is left to do. */
    public void cancelAll() {
        GatewayFailure why = shuttingDown();
        workflowQueue.cancelAll(why);
        queues.values().forEach(queue -> queue.cancelAll(why));
    }

    private static GatewayFailure shuttingDown() {
        return new GatewayFailure(Kind.UNAVAILABLE, "the gateway is shutting down").retryAfter(RESTART);
    }
}

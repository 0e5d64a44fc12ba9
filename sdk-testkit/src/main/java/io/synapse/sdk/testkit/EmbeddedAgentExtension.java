package io.synapse.sdk.testkit;

import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.agent.AsyncAgentClient;
import io.synapse.sdk.embedded.EmbeddedAgent;
import io.synapse.sdk.testkit.InjectedResources.Kind;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Starts one agent for a JUnit test class and closes it after the class. Works with JUnit 5.10 and newer, 6 included.
 *
 * <pre>{@code
 * @WithEmbeddedAgent
 * class TrainingTest {
 *     @Test
 *     void survivesABadNetwork(AgentClient client, FaultProxy proxy) {
 *         proxy.every(Fault.cutAfter(64_000));
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p>Constructors, lifecycle methods and tests can ask for
 * <ul>
 *   <li>the {@link EmbeddedAgent}: always the one of the class, which nested classes share;
 *   <li>a {@link FaultProxy} in front of it;
 *   <li>an {@link AgentClient} or its twin, an {@link AsyncAgentClient}, over the same connections. One that is asked
 *       for side by side with a {@code FaultProxy}, in the same list of parameters, goes through that proxy; any other
 *       goes straight to the agent.
 * </ul>
 *
 * <p>Proxies and clients are made for each test, so that one test's faults never hurt another's: the test, its
 * {@code @BeforeEach} and {@code @AfterEach} methods and a constructor that runs for it alone are given the same, and
 * they are closed after the test. Where there is no single test ({@code @BeforeAll}, a constructor under
 * {@code PER_CLASS}), they are made for the class, and all its tests are given those.
 *
 * <p>For an agent with other settings, register the extension in a static field (in a field of the instance, each test
 * gets an agent of its own):
 *
 * <pre>{@code
 * @RegisterExtension
 * static final EmbeddedAgentExtension AGENT =
 *         EmbeddedAgentExtension.of(() -> EmbeddedAgent.builder().heartbeat(Duration.ofMillis(50)).start());
 * }</pre>
 *
 * <p>Classes and tests may run in parallel: all state is kept by JUnit, nothing here.
 */
public final class EmbeddedAgentExtension
        implements BeforeAllCallback, TestInstancePreConstructCallback, BeforeEachCallback, ParameterResolver {
    private static final Set<Class<?>> INJECTED =
            Set.of(EmbeddedAgent.class, FaultProxy.class, AgentClient.class, AsyncAgentClient.class);

    private final Supplier<EmbeddedAgent> starting;

    /** For JUnit, on behalf of {@link WithEmbeddedAgent}: agents with the defaults. */
    public EmbeddedAgentExtension() {
        this(EmbeddedAgent::start);
    }

    private EmbeddedAgentExtension(Supplier<EmbeddedAgent> starting) {
        this.starting = Objects.requireNonNull(starting);
    }

    /**
     * An extension whose agents are started by the caller's own code.
     *
     * @param starting called once for each test class
     */
    public static EmbeddedAgentExtension of(Supplier<EmbeddedAgent> starting) {
        return new EmbeddedAgentExtension(starting);
    }

    /** Starts the agent, so that its start is not counted as a test's time. */
    @Override
    public void beforeAll(ExtensionContext context) {
        agent(InjectedResources.of(context));
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext instance, ExtensionContext context)
            throws Exception {
        InjectedResources.closeLeftOver(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        InjectedResources.handOver(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return INJECTED.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        InjectedResources resources = InjectedResources.of(parameter, context);
        Class<?> type = parameter.getParameter().getType();
        if (type == EmbeddedAgent.class) {
            return agent(resources);
        }
        if (type == FaultProxy.class) {
            return proxy(resources);
        }
        AgentClient client = asksForProxy(parameter) ? clientThroughProxy(resources) : client(resources);
        return type == AgentClient.class ? client : client.async();
    }

    private static boolean asksForProxy(ParameterContext parameter) {
        return List.of(parameter.getDeclaringExecutable().getParameterTypes()).contains(FaultProxy.class);
    }

    private EmbeddedAgent agent(InjectedResources resources) {
        return resources.get(Kind.AGENT, EmbeddedAgent.class, starting);
    }

    private FaultProxy proxy(InjectedResources resources) {
        URI target = agent(resources).baseUrl();
        return resources.get(Kind.PROXY, FaultProxy.class, () -> FaultProxy.inFrontOf(target));
    }

    private AgentClient client(InjectedResources resources) {
        EmbeddedAgent agent = agent(resources);
        return resources.get(Kind.CLIENT, AgentClient.class, () -> clientOf(agent, agent.baseUrl()));
    }

    private AgentClient clientThroughProxy(InjectedResources resources) {
        EmbeddedAgent agent = agent(resources);
        URI detour = proxy(resources).uri();
        return resources.get(Kind.CLIENT_THROUGH_PROXY, AgentClient.class, () -> clientOf(agent, detour));
    }

    private static AgentClient clientOf(EmbeddedAgent agent, URI address) {
        return AgentClient.builder().baseUrl(address).agentToken(agent.token()).build();
    }
}

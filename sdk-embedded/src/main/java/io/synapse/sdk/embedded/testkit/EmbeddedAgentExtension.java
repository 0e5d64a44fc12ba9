package io.synapse.sdk.embedded.testkit;

import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.agent.AsyncAgentClient;
import io.synapse.sdk.embedded.EmbeddedAgent;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts one agent for a JUnit test class and closes it after the class.
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
public final class EmbeddedAgentExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(EmbeddedAgentExtension.class);
    private static final String CLIENT_THROUGH_PROXY = "client through the proxy";
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

    /** A constructor that runs for one test belongs to that test, its proxy with it. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    /** Starts the agent, so that its start is not counted as a test's time. */
    @Override
    public void beforeAll(ExtensionContext context) {
        agent(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return INJECTED.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == EmbeddedAgent.class) {
            return agent(context);
        }
        if (type == FaultProxy.class) {
            return proxy(context);
        }
        AgentClient client = asksForProxy(parameter) ? clientThroughProxy(context) : client(context);
        return type == AgentClient.class ? client : client.async();
    }

    private static boolean asksForProxy(ParameterContext parameter) {
        return List.of(parameter.getDeclaringExecutable().getParameterTypes()).contains(FaultProxy.class);
    }

    /*
     * A store finds what an enclosing context holds, else makes it here; and it closes what it has made, the latest
     * first, when the test or the class is over.
     */

    private EmbeddedAgent agent(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .computeIfAbsent(EmbeddedAgent.class, key -> starting.get(), EmbeddedAgent.class);
    }

    private FaultProxy proxy(ExtensionContext context) {
        URI target = agent(context).baseUrl();
        return context.getStore(NAMESPACE)
                .computeIfAbsent(FaultProxy.class, key -> FaultProxy.inFrontOf(target), FaultProxy.class);
    }

    private AgentClient client(ExtensionContext context) {
        EmbeddedAgent agent = agent(context);
        return context.getStore(NAMESPACE)
                .computeIfAbsent(AgentClient.class, key -> clientOf(agent, agent.baseUrl()), AgentClient.class);
    }

    private AgentClient clientThroughProxy(ExtensionContext context) {
        EmbeddedAgent agent = agent(context);
        URI detour = proxy(context).uri();
        return context.getStore(NAMESPACE)
                .computeIfAbsent(CLIENT_THROUGH_PROXY, key -> clientOf(agent, detour), AgentClient.class);
    }

    private static AgentClient clientOf(EmbeddedAgent agent, URI address) {
        return AgentClient.builder().baseUrl(address).agentToken(agent.token()).build();
    }
}

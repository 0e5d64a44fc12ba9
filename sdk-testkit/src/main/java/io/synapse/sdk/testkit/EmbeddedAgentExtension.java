package io.synapse.sdk.testkit;

import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.agent.AsyncAgentClient;
import io.synapse.sdk.embedded.EmbeddedAgent;
import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;

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
public final class EmbeddedAgentExtension extends EmbeddedServerExtension<EmbeddedAgent, AgentClient> {
    private final Supplier<EmbeddedAgent> starting;

    /** For JUnit, on behalf of {@link WithEmbeddedAgent}: agents with the defaults. */
    public EmbeddedAgentExtension() {
        this(EmbeddedAgent::start);
    }

    private EmbeddedAgentExtension(Supplier<EmbeddedAgent> starting) {
        super(EmbeddedAgent.class, EmbeddedAgent.class, AgentClient.class, AsyncAgentClient.class);
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

    @Override
    EmbeddedAgent start(ExtensionContext context) {
        return starting.get();
    }

    @Override
    EmbeddedAgent server(EmbeddedAgent started) {
        return started;
    }

    @Override
    URI address(EmbeddedAgent started) {
        return started.baseUrl();
    }

    @Override
    AgentClient connect(EmbeddedAgent started, URI address) {
        return AgentClient.builder()
                .baseUrl(address)
                .agentToken(started.token())
                .build();
    }

    @Override
    AsyncAgentClient async(AgentClient client) {
        return client.async();
    }
}

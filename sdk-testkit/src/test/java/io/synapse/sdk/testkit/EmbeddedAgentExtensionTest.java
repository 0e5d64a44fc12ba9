package io.synapse.sdk.testkit;

import static io.synapse.sdk.testkit.LaunchedTests.assertNobodyAt;
import static io.synapse.sdk.testkit.LaunchedTests.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.agent.AsyncAgentClient;
import io.synapse.sdk.embedded.EmbeddedAgent;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension inside runs of JUnit, looked at from outside: what tests were given, and what is left afterwards. */
class EmbeddedAgentExtensionTest {
    private static final Set<EmbeddedAgent> AGENTS = ConcurrentHashMap.newKeySet();
    private static final Set<FaultProxy> PROXIES = ConcurrentHashMap.newKeySet();

    private static final Set<AgentClient> CLIENTS = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void forget() {
        CLIENTS.clear();
        AGENTS.clear();
        PROXIES.clear();
    }

    @Test
    void givesAClassAndItsNestedClassesOneAgentAndEachTestAProxy() {
        run(6, Map.of(), Outer.class);

        assertThat(AGENTS).hasSize(1);
        assertThat(PROXIES).hasSize(6);
        assertAllClosed();
    }

    @Test
    void keepsClassesApartThatRunInParallel() {
        Map<String, String> parallel = Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.mode.classes.default", "concurrent");

        run(9, parallel, Outer.class, Configured.class, SharedProxy.class);

        assertThat(AGENTS).hasSize(3);
        assertAllClosed();
    }

    @Test
    void sharesAProxyThatIsAskedForBeforeThereIsATest() {
        run(2, Map.of(), SharedProxy.class);

        assertThat(PROXIES).hasSize(1);
        assertAllClosed();
    }

    @Test
    void givesClientsThatGoThroughTheProxyWhereBothAreAskedFor() {
        run(2, Map.of(), Clients.class);

        assertThat(CLIENTS)
                .hasSize(2)
                .allSatisfy(client -> assertThatThrownBy(client::healthCheck)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("closed"));
        assertAllClosed();
    }

    @Test
    void startsAnAgentAsItIsTold() {
        run(1, Map.of(), Configured.class);

        assertThat(AGENTS).extracting(EmbeddedAgent::token).containsExactly("chosen");
        assertAllClosed();
    }

    @Test
    void closesWhatConstructorsWereGivenWhoseTestsDoNotBegin() {
        run(1, Map.of(), WithDisabledTests.class);

        assertThat(PROXIES).hasSize(3);
        assertAllClosed();
    }

    private static void assertAllClosed() {
        assertThat(AGENTS).allSatisfy(agent -> assertNobodyAt(agent.baseUrl()));
        assertThat(PROXIES).allSatisfy(proxy -> assertNobodyAt(proxy.uri()));
    }

    /** Asks for the agent's health through the proxy. */
    private static int health(EmbeddedAgent agent, FaultProxy proxy) throws IOException {
        AGENTS.add(agent);
        PROXIES.add(proxy);
        URI health = URI.create(proxy.uri() + "/health/");
        HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
        connection.setRequestProperty("Authorization", agent.token());
        connection.setReadTimeout((int) Duration.ofSeconds(10).toMillis());
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    @WithEmbeddedAgent
    static class Outer {
        private final FaultProxy proxyOfConstructor;

        Outer(FaultProxy proxy) {
            proxyOfConstructor = proxy;
        }

        @BeforeEach
        void setUp(FaultProxy proxy) {
            assertThat(proxy).isSameAs(proxyOfConstructor);
            proxy.next(Fault.status(503));
        }

        @RepeatedTest(3)
        void seesItsOwnFaultsOnly(EmbeddedAgent agent, FaultProxy proxy) throws IOException {
            assertThat(proxy).isSameAs(proxyOfConstructor);
            assertThat(List.of(health(agent, proxy), health(agent, proxy))).containsExactly(503, 200);
        }

        @Nested
        class Inner {
            private final EmbeddedAgent agent;

            Inner(EmbeddedAgent agent) {
                this.agent = agent;
            }

            @RepeatedTest(3)
            void sharesTheAgent(FaultProxy proxy) throws IOException {
                assertThat(List.of(health(agent, proxy), health(agent, proxy))).containsExactly(503, 200);
            }
        }
    }

    @WithEmbeddedAgent
    @TestInstance(Lifecycle.PER_CLASS)
    static class SharedProxy {
        private final EmbeddedAgent agent;

        SharedProxy(EmbeddedAgent agent) {
            this.agent = agent;
        }

        @BeforeAll
        void setUp(FaultProxy proxy) throws IOException {
            assertThat(health(agent, proxy)).isEqualTo(200);
        }

        @RepeatedTest(2)
        void sharesTheProxy(EmbeddedAgent sameAgent, FaultProxy proxy) throws IOException {
            assertThat(sameAgent).isSameAs(agent);
            assertThat(health(agent, proxy)).isEqualTo(200);
        }
    }

    static class Configured {
        @RegisterExtension
        static final EmbeddedAgentExtension AGENT = EmbeddedAgentExtension.of(
                () -> EmbeddedAgent.builder().token("chosen").start());

        @Test
        void runsOnTheChosenAgent(EmbeddedAgent agent, FaultProxy proxy) throws IOException {
            assertThat(health(agent, proxy)).isEqualTo(200);
        }
    }

    /** JUnit makes an instance for a disabled test too. */
    @WithEmbeddedAgent
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class WithDisabledTests {
        private final AgentClient clientOfConstructor;

        WithDisabledTests(AgentClient client, FaultProxy proxy) {
            clientOfConstructor = client;
            PROXIES.add(proxy);
        }

        @Test
        @Disabled
        void first() {}

        @Test
        void second(EmbeddedAgent agent, AgentClient client, FaultProxy proxy) {
            AGENTS.add(agent);
            assertThat(client).isSameAs(clientOfConstructor);
            assertThat(PROXIES).hasSize(2).contains(proxy);
            assertThat(PROXIES)
                    .filteredOn(earlier -> earlier != proxy)
                    .allSatisfy(earlier -> assertNobodyAt(earlier.uri()));
        }

        @Test
        @Disabled
        void third() {}
    }

    @WithEmbeddedAgent
    static class Clients {
        @BeforeEach
        void straight(EmbeddedAgent agent, AgentClient client) {
            AGENTS.add(agent);
            CLIENTS.add(client);
            client.healthCheck();
        }

        @Test
        void goesStraightOrThroughTheProxy(AgentClient client, AsyncAgentClient async, FaultProxy proxy) {
            PROXIES.add(proxy);
            assertThat(CLIENTS).doesNotContain(client);
            assertThat(proxy.requests()).isEmpty();
            client.healthCheck();
            async.healthCheck().join();
            assertThat(proxy.requests()).hasToString("[GET /health/, GET /health/]");
        }

        @Test
        void getsTheSameStraightClientInOneTest(AgentClient client) {
            assertThat(CLIENTS).contains(client);
        }
    }
}

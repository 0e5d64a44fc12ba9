package io.synapse.sdk.internal.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.LoadBalancing;
import io.synapse.sdk.ServerAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which server is chosen, with a clock and a randomness of the test. */
class ServersTest {
    private static final long MILLIS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Random random = new Random(42);
    private List<ServerAddress> addresses =
            List.of(ServerAddress.of("http://a"), ServerAddress.of("http://b"), ServerAddress.of("http://c"));
    private long now;

    @Test
    void roundRobinAsksEachInTurn() {
        Servers servers = servers(LoadBalancing.ROUND_ROBIN);

        assertThat(picks(servers, 300)).containsOnly(Map.entry("a", 100), Map.entry("b", 100), Map.entry("c", 100));
    }

    @Test
    void weightsAreShares() {
        addresses = List.of(
                new ServerAddress("http://a", 6), new ServerAddress("http://b", 3), new ServerAddress("http://c", 1));

        Map<String, Integer> picks = picks(servers(LoadBalancing.WEIGHTED), 10_000);

        assertThat(picks.get("a")).isCloseTo(6_000, within(200));
        assertThat(picks.get("b")).isCloseTo(3_000, within(200));
        assertThat(picks.get("c")).isCloseTo(1_000, within(200));
    }

    @Test
    void leastConnectionsAsksTheIdlest() {
        Servers servers = servers(LoadBalancing.LEAST_CONNECTIONS);
        server(servers, "a").begin();
        server(servers, "b").begin();
        server(servers, "b").begin();

        assertThat(picks(servers, 100)).containsOnlyKeys("c");
        server(servers, "c").begin();
        assertThat(picks(servers, 100)).containsOnlyKeys("a", "c");
    }

    @Test
    void aServerThatFailedTheCallIsAskedAgainOnlyWhenThereIsNoOther() {
        Servers servers = servers(LoadBalancing.ROUND_ROBIN);
        Server a = server(servers, "a");
        Server b = server(servers, "b");
        Server c = server(servers, "c");

        assertThat(servers.pick(List.of(a, b), any -> true, any -> true)).isSameAs(c);
        assertThat(servers.pick(List.of(a, b, c), any -> true, any -> true)).isNotNull();
    }

    @Test
    void aServerWithRoomIsPreferredAndOneThatRefusesIsPassedOver() {
        Servers servers = servers(LoadBalancing.ROUND_ROBIN);
        Server b = server(servers, "b");
        Server c = server(servers, "c");

        assertThat(servers.pick(List.of(), each -> each == b, any -> true)).isSameAs(b);
        assertThat(servers.pick(List.of(), each -> each == b, each -> each == c))
                .isSameAs(c);
        assertThat(servers.pick(List.of(), each -> each == b, any -> false)).isNull();
    }

    @Test
    void aServerThatFailsThreeTimesIsTriedByOneRequestASecond() {
        Servers servers = servers(LoadBalancing.ROUND_ROBIN);
        Server a = server(servers, "a");
        for (int times = 0; times < 3; times++) {
            assertThat(a.isHealthy()).isTrue();
            a.begin();
            end(a, AttemptResult.FAILED, MILLIS, now);
        }

        assertThat(a.isHealthy()).isFalse();
        assertThat(picks(servers, 100)).containsOnlyKeys("b", "c");
        now += SECOND;
        assertThat(picks(servers, 100)).containsKey("a");
        a.begin();
        assertThat(picks(servers, 100)).containsOnlyKeys("b", "c");
        end(a, AttemptResult.FAILED, MILLIS, now);
        assertThat(picks(servers, 100)).containsOnlyKeys("b", "c");
        now += SECOND;
        a.begin();
        end(a, AttemptResult.ANSWERED, MILLIS, now);
        assertThat(a.isHealthy()).isTrue();
        assertThat(picks(servers, 300)).containsOnly(Map.entry("a", 100), Map.entry("b", 100), Map.entry("c", 100));
    }

    @Test
    void whatTheCallerEndsSaysNothingOfTheServer() {
        Server a = server(servers(LoadBalancing.ROUND_ROBIN), "a");
        for (int times = 0; times < 5; times++) {
            a.begin();
            end(a, AttemptResult.WITHDRAWN, SECOND, now);
        }

        assertThat(a.isHealthy()).isTrue();
        assertThat(a.averageNanos()).isZero();
        assertThat(a.inFlight()).isZero();
    }

    @Test
    void serversThatAllFailAreAskedAllTheSame() {
        Servers servers = servers(LoadBalancing.ROUND_ROBIN);
        servers.all().forEach(each -> {
            for (int times = 0; times < 3; times++) {
                each.begin();
                end(each, AttemptResult.FAILED, MILLIS, now);
            }
        });

        assertThat(picks(servers, 30)).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void serversComeAndGoAndThoseThatStayAreKnown() {
        Servers servers = servers(LoadBalancing.ROUND_ROBIN);
        Server b = server(servers, "b");

        addresses = List.of(ServerAddress.of("http://b"), ServerAddress.of("http://d"));

        assertThat(picks(servers, 10)).containsOnlyKeys("b", "d");
        assertThat(server(servers, "b")).isSameAs(b);
        addresses = List.of();
        assertThatThrownBy(servers::all).isInstanceOf(BadRequestException.class).hasMessageContaining("no server");
        addresses = IntStream.range(0, 10_000)
                .mapToObj(index -> ServerAddress.of("http://host-" + index))
                .toList();
        assertThat(servers.all()).hasSize(10_000);
        addresses = List.of(ServerAddress.of("http://b"));
        assertThat(servers.all()).hasSize(1);
    }

    @Test
    void aListThatIsChangedInPlaceIsNoticed() {
        List<ServerAddress> changing = new ArrayList<>(addresses);
        addresses = changing;
        Servers servers = servers(LoadBalancing.ROUND_ROBIN);
        assertThat(servers.all()).hasSize(3);

        changing.remove(0);

        assertThat(servers.all()).hasSize(2);
    }

    /** Row 6 of the fault matrix (wire/gateway.md, section 11), in simulated time: 120 calls a second of 50 ms. */
    @Test
    void leastResponseTimeLeavesASlowServerAloneAndNoticesWhenItIsFast() {
        Servers servers = servers(LoadBalancing.LEAST_RESPONSE_TIME);
        Load load = new Load(servers);
        load.run(30, Map.of("a", 50.0, "b", 50.0, "c", 500.0)); // it has been slow for a while

        Map<String, Integer> slow = load.run(200, Map.of("a", 50.0, "b", 50.0, "c", 500.0));

        int all = slow.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(slow.get("c")).isBetween(1, all / 100);

        load.run(30, Map.of("a", 50.0, "b", 50.0, "c", 50.0));
        Map<String, Integer> recovered = load.run(30, Map.of("a", 50.0, "b", 50.0, "c", 50.0));
        assertThat(recovered.get("c")).isCloseTo(1_200, within(240));
    }

    /** Calls that arrive at random and take a time of their server's, exponentially distributed. */
    private final class Load {
        private static final double CALLS_A_SECOND = 120;

        private final Servers servers;
        private final List<Under> underWay = new ArrayList<>();

        private record Under(Server server, long start, long end) {}

        Load(Servers servers) {
            this.servers = servers;
        }

        Map<String, Integer> run(int seconds, Map<String, Double> meanMillis) {
            Map<String, Integer> counts = new HashMap<>();
            long end = now + seconds * SECOND;
            while (now < end) {
                long arrival = now + (long) (exponential(1 / CALLS_A_SECOND) * SECOND);
                endUntil(arrival);
                now = arrival;
                Server picked = servers.pick(List.of(), any -> true, any -> true);
                picked.begin();
                counts.merge(picked.url().host(), 1, Integer::sum);
                long took = (long) (exponential(meanMillis.get(picked.url().host())) * MILLIS);
                underWay.add(new Under(picked, now, now + took));
            }
            return counts;
        }

        private void endUntil(long time) {
            underWay.stream()
                    .filter(each -> each.end <= time)
                    .sorted(java.util.Comparator.comparingLong(Under::end))
                    .forEach(each -> end(each.server, AttemptResult.ANSWERED, each.end - each.start, each.end));
            underWay.removeIf(each -> each.end <= time);
        }

        private double exponential(double mean) {
            return -mean * Math.log(1 - random.nextDouble());
        }
    }

    private static void end(Server server, AttemptResult result, long took, long now) {
        server.report(result, took, now);
        server.end();
    }

    private Servers servers(LoadBalancing policy) {
        return new Servers(() -> addresses, policy, () -> now, random::nextDouble);
    }

    private static Server server(Servers servers, String host) {
        return servers.all().stream()
                .filter(each -> each.url().host().equals(host))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Integer> picks(Servers servers, int count) {
        Map<String, Integer> picks = new HashMap<>();
        for (int times = 0; times < count; times++) {
            Server picked = servers.pick(List.of(), any -> true, any -> true);
            picks.merge(picked.url().host(), 1, Integer::sum);
        }
        return picks;
    }
}

package io.synapse.sdk.internal.balance;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.LoadBalancing;
import io.synapse.sdk.ServerAddress;
import io.synapse.sdk.internal.http.BaseUrl;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The servers that can answer a client's calls, and the choice among them. Thread-safe. */
public final class Servers {
    private final Supplier<List<ServerAddress>> addresses;
    private final Picker picker;
    private final LongSupplier clock;
    private volatile Known known = new Known(List.of(), Map.of(), List.of());

    /** What the supplier said last, and the servers of it. */
    private record Known(List<ServerAddress> addresses, Map<BaseUrl, Server> servers, List<Server> all) {}

    /**
     * Servers.
     *
     * @param addresses asked before each call; servers that remain keep what is known of them
     * @param clock a monotonic clock in nanoseconds
     * @param random from 0 to 1
     */
    public Servers(
            Supplier<List<ServerAddress>> addresses, LoadBalancing policy, LongSupplier clock, DoubleSupplier random) {
        this.addresses = addresses;
        this.picker = Picker.of(policy, random);
        this.clock = clock;
    }

    /**
     * All of them, as they are now.
     *
     * @throws BadRequestException when there is none
     */
    public List<Server> all() {
        List<ServerAddress> now = addresses.get();
        Known before = known;
        return !now.isEmpty() && now.equals(before.addresses) ? before.all : update(now);
    }

    /**
     * One of them for the next attempt of a call.
     *
     * @param failed those that failed an attempt of the same call; they are asked again only when there is no other
     * @param hasRoom whether a server would take the attempt at once; preferred to those that would let it wait
     * @param admits asked once for a server that was chosen; whether it may get the attempt
     * @return null when none may get it
     */
    public @Nullable Server pick(Collection<Server> failed, Predicate<Server> hasRoom, Predicate<Server> admits) {
        List<Server> left = all();
        while (!left.isEmpty()) {
            Server picked = left.size() == 1 ? left.get(0) : picker.pick(preferred(left, failed, hasRoom));
            if (admits.test(picked)) {
                return picked;
            }
            left = without(picked, left);
        }
        return null;
    }

    /** The one with this address; null when it is none of them. */
    public @Nullable Server find(BaseUrl url) {
        return all().stream().filter(each -> each.url().equals(url)).findFirst().orElse(null);
    }

    /** The best of them: with each condition that leaves none, one condition less. */
    private List<Server> preferred(List<Server> servers, Collection<Server> failed, Predicate<Server> hasRoom) {
        long now = clock.getAsLong();
        List<Server> eligible = narrowed(servers, each -> each.isEligible(now));
        return narrowed(narrowed(eligible, each -> !failed.contains(each)), hasRoom);
    }

    private static List<Server> narrowed(List<Server> servers, Predicate<Server> condition) {
        List<Server> fit = servers.stream().filter(condition).toList();
        return fit.isEmpty() ? servers : fit;
    }

    private static List<Server> without(Server one, List<Server> servers) {
        return servers.stream().filter(each -> each != one).toList();
    }

    private synchronized List<Server> update(List<ServerAddress> now) {
        if (now.isEmpty()) {
            throw BadRequestException.refused("there is no server: the list of addresses is empty");
        }
        Map<BaseUrl, Server> before = known.servers;
        Map<BaseUrl, Server> servers = new LinkedHashMap<>();
        for (ServerAddress each : now) {
            BaseUrl url = BaseUrl.parse(each.url());
            Server same = before.get(url);
            Server server = same == null ? servers.getOrDefault(url, new Server(url, each.weight())) : same;
            server.weight(each.weight());
            servers.put(url, server);
        }
        Known next = new Known(List.copyOf(now), servers, List.copyOf(servers.values()));
        known = next;
        return next.all;
    }
}

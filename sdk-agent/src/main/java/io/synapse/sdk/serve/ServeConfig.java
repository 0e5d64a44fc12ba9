package io.synapse.sdk.serve;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All applications that Serve is to run, and how it is to take requests. A cluster has one configuration: another one
 * takes its place as a whole, and deletes the applications that it lacks. Immutable: each method gives a changed copy.
 *
 * <pre>{@code
 * ServeConfig.of(ServeApplicationConfig.of("chat", "chat.app:build").routePrefix("/chat"))
 * ServeConfig.from(client.getServeStatus()).application(another)     // one more, or one of that name anew
 * }</pre>
 */
public final class ServeConfig extends ValueObject {
    private static final Key<List<ServeApplicationConfig>> APPLICATIONS = new Key<>("applications", List.of());
    private static final Key<Map<String, @Nullable Object>> OPTIONS = new Key<>("options", Map.of());
    private static final Key<Set<String>> REMOVABLE = new Key<>("removable", Set.of());
    private static final Key<Boolean> REPLACES_ALL = new Key<>("replacesAll", false);
    private static final String HTTP_OPTIONS = "http_options";
    private static final String GRPC_OPTIONS = "grpc_options";
    private static final String PROXY_LOCATION = "proxy_location";
    private static final String TARGET_CAPACITY = "target_capacity";

    private ServeConfig(Attributes attributes) {
        super(attributes);
        if (options().containsKey(APPLICATIONS.name())) {
            throw BadRequestException.refused("the applications of a Serve configuration are no option of it");
        }
        requireUnlike("name", applications().stream().map(ServeApplicationConfig::name));
        requireUnlike(
                "route prefix",
                applications().stream().flatMap(application -> Stream.ofNullable(application.routePrefix())));
    }

    /**
     * A configuration of these applications and nothing else.
     *
     * @throws BadRequestException when two have the same name or the same route prefix
     */
    public static ServeConfig of(ServeApplicationConfig... applications) {
        return new ServeConfig(Attributes.NONE.with(APPLICATIONS, List.of(applications)));
    }

    /**
     * The configuration that a cluster has: to change a part of it and deploy it again. What the server does not tell, how
     * Serve itself logs and how its controller was started, is not in it; while Serve runs, that stays as it is.
     *
     * @throws ConflictException when the server does not tell what an application was deployed with
     */
    public static ServeConfig from(ServeStatus status) {
        List<ServeApplicationConfig> applications = new ArrayList<>();
        status.applications().forEach((name, application) -> {
            if (application.hasConfiguration()) {
                applications.add(configOf(name, application));
            }
        });
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        if (status.proxyLocation() != null) {
            options.put(PROXY_LOCATION, status.proxyLocation().value());
        }
        if (!status.httpOptions().isEmpty()) {
            options.put(HTTP_OPTIONS, status.httpOptions());
        }
        if (!status.grpcOptions().isEmpty()) {
            options.put(GRPC_OPTIONS, status.grpcOptions());
        }
        if (status.targetCapacity() != null) {
            options.put(TARGET_CAPACITY, status.targetCapacity());
        }
        return new ServeConfig(Attributes.NONE.with(APPLICATIONS, applications).with(OPTIONS, options));
    }

    private static ServeApplicationConfig configOf(String name, ServeApplication application) {
        if (application.deployedAppConfig().isEmpty()) {
            throw new ConflictException(Failure.of(
                    409, "the server does not tell what the Serve application " + name + " was deployed with"));
        }
        // the name is not there when it was left to the server to choose it
        return ServeApplicationConfig.of(name, application.deployedAppConfig());
    }

    /** The applications. */
    public List<ServeApplicationConfig> applications() {
        return attributes.get(APPLICATIONS);
    }

    /** All else that was set, by Ray's names of the fields. What was not set is not sent. */
    public Map<String, @Nullable Object> options() {
        return attributes.get(OPTIONS);
    }

    /** The applications that it may delete; {@link #replacesAll} allows all. */
    public Set<String> removable() {
        return attributes.get(REMOVABLE);
    }

    /** Whether it may delete every application that it lacks; false by default. */
    public boolean replacesAll() {
        return attributes.get(REPLACES_ALL);
    }

    /** The same with one more application, in place of the one of its name if there is one. */
    public ServeConfig application(ServeApplicationConfig application) {
        List<ServeApplicationConfig> others = applicationsBut(application.name());
        others.add(application);
        return new ServeConfig(attributes.with(APPLICATIONS, others));
    }

    /** The same without that application, which it may then delete. */
    public ServeConfig without(String name) {
        return new ServeConfig(attributes.with(APPLICATIONS, applicationsBut(name))).allowRemoval(name);
    }

    /** The same, which may delete these applications. */
    public ServeConfig allowRemoval(String... names) {
        Set<String> more = new HashSet<>(removable());
        more.addAll(Arrays.asList(names));
        return new ServeConfig(attributes.with(REMOVABLE, Set.copyOf(more)));
    }

    /** The same, which may delete every application that it lacks, whatever is there when it comes. */
    public ServeConfig replaceAll() {
        return new ServeConfig(attributes.with(REPLACES_ALL, true));
    }

    /** The same with requests taken there. Only what starts Serve can say it; it is ignored while Serve runs. */
    public ServeConfig proxyLocation(ProxyLocation location) {
        return with(PROXY_LOCATION, location.value());
    }

    /**
     * The same with HTTP requests taken at this address and port. Only what starts Serve can say it; it is ignored while
     * Serve runs.
     *
     * @param host the address to listen at; {@code 0.0.0.0} for all that the machine has
     * @param port 8000 unless it is said
     * @throws BadRequestException when the port is not one
     */
    public ServeConfig http(String host, int port) {
        if (port < 0 || port > 65535) {
            throw BadRequestException.refused("there is no port " + port);
        }
        return httpOption("host", host).httpOption("port", port);
    }

    /**
     * The same with this of Ray's HTTP options: {@code request_timeout_s}, {@code root_path} … Only what starts Serve can
     * say it; it is ignored while Serve runs.
     */
    public ServeConfig httpOption(String name, @Nullable Object value) {
        return with(HTTP_OPTIONS, Copies.with(Copies.object(options().get(HTTP_OPTIONS)), name, value));
    }

    /** The same with these options for gRPC, in Ray's words. Only what starts Serve can say it. */
    public ServeConfig grpcOptions(Map<String, ? extends @Nullable Object> words) {
        return with(GRPC_OPTIONS, words);
    }

    /** The same with this way of logging, in Ray's words: of Serve, and of each application that does not say its own. */
    public ServeConfig loggingConfig(Map<String, ? extends @Nullable Object> logging) {
        return with("logging_config", logging);
    }

    /**
     * The same with each deployment scaled to so many percent of its replicas.
     *
     * @throws BadRequestException when it is not from 0 to 100
     */
    public ServeConfig targetCapacity(double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw BadRequestException.refused("the target capacity is a percentage, which cannot be " + percent);
        }
        return with(TARGET_CAPACITY, percent);
    }

    /**
     * The same with any field, by Ray's name of it: for what has no method here. Ray ignores a field that it does not
     * know, and says nothing.
     */
    public ServeConfig with(String field, @Nullable Object value) {
        return new ServeConfig(attributes.with(OPTIONS, Copies.with(options(), field, value)));
    }

    private List<ServeApplicationConfig> applicationsBut(String name) {
        List<ServeApplicationConfig> others = new ArrayList<>(applications());
        others.removeIf(application -> application.name().equals(name));
        return others;
    }

    private static void requireUnlike(String what, Stream<String> values) {
        Set<String> seen = new HashSet<>();
        values.forEach(value -> {
            if (!seen.add(value)) {
                throw BadRequestException.refused("two Serve applications have the " + what + " " + value);
            }
        });
    }
}

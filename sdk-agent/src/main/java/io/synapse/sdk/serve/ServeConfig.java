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
 * All applications that Serve runs, and how it accepts requests. A cluster has one configuration: a new one replaces it
 * completely, and deletes the applications that it does not contain. Immutable: each setter returns a modified copy.
 *
 * <pre>{@code
 * ServeConfig.of(ServeApplicationConfig.of("chat", "chat.app:build").routePrefix("/chat"))
 * ServeConfig.from(client.getServeStatus()).application(another)     // adds or replaces one application
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
        requireUnique("name", applications().stream().map(ServeApplicationConfig::name));
        requireUnique(
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
     * The current configuration of a cluster, for changing and deploying it again. It lacks what the server does not
     * report: Serve's logging and the options of its controller. While Serve runs, these remain unchanged.
     *
     * @throws ConflictException when the server does not report the configuration of an application
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
                    409, "the server does not report what the Serve application " + name + " was deployed with"));
        }
        // the server may have chosen the name, which is then not in its configuration
        return ServeApplicationConfig.of(name, application.deployedAppConfig());
    }

    /** The applications. */
    public List<ServeApplicationConfig> applications() {
        return attributes.get(APPLICATIONS);
    }

    /** The other properties that were set, by Ray's field names. */
    public Map<String, @Nullable Object> options() {
        return attributes.get(OPTIONS);
    }

    /** The applications that deploying may delete; {@link #replacesAll} allows all. */
    public Set<String> removable() {
        return attributes.get(REMOVABLE);
    }

    /** Whether deploying may delete every application that it does not contain; false by default. */
    public boolean replacesAll() {
        return attributes.get(REPLACES_ALL);
    }

    /** A copy with one more application, in place of one with the same name. */
    public ServeConfig application(ServeApplicationConfig application) {
        List<ServeApplicationConfig> others = applicationsWithout(application.name());
        others.add(application);
        return new ServeConfig(attributes.with(APPLICATIONS, others));
    }

    /** A copy without that application, which deploying may then delete. */
    public ServeConfig without(String name) {
        return new ServeConfig(attributes.with(APPLICATIONS, applicationsWithout(name))).allowRemoval(name);
    }

    /** A copy that may delete these applications. */
    public ServeConfig allowRemoval(String... names) {
        Set<String> more = new HashSet<>(removable());
        more.addAll(Arrays.asList(names));
        return new ServeConfig(attributes.with(REMOVABLE, Set.copyOf(more)));
    }

    /** A copy that may delete every application that it does not contain. */
    public ServeConfig replaceAll() {
        return new ServeConfig(attributes.with(REPLACES_ALL, true));
    }

    /** A copy with this proxy location. Applies when Serve starts; ignored while Serve runs. */
    public ServeConfig proxyLocation(ProxyLocation location) {
        return with(PROXY_LOCATION, location.value());
    }

    /**
     * A copy with this HTTP address and port. Applies when Serve starts; ignored while Serve runs.
     *
     * @param host the address to listen on; {@code 0.0.0.0} for all addresses
     * @param port the port; Serve's default is 8000
     * @throws BadRequestException when the port is out of range
     */
    public ServeConfig http(String host, int port) {
        if (port < 0 || port > 65535) {
            throw BadRequestException.refused("there is no port " + port);
        }
        return httpOption("host", host).httpOption("port", port);
    }

    /**
     * A copy with this HTTP option of Ray: {@code request_timeout_s}, {@code root_path} … Applies when Serve starts;
     * ignored while Serve runs.
     */
    public ServeConfig httpOption(String name, @Nullable Object value) {
        return with(HTTP_OPTIONS, Copies.with(Copies.object(options().get(HTTP_OPTIONS)), name, value));
    }

    /** A copy with these gRPC options, in Ray's format. Applies when Serve starts. */
    public ServeConfig grpcOptions(Map<String, ? extends @Nullable Object> options) {
        return with(GRPC_OPTIONS, options);
    }

    /** A copy with this logging configuration, in Ray's format: of Serve, and of applications without their own. */
    public ServeConfig loggingConfig(Map<String, ? extends @Nullable Object> logging) {
        return with("logging_config", logging);
    }

    /**
     * A copy with each deployment scaled to this percentage of its replicas.
     *
     * @throws BadRequestException when it is not from 0 to 100
     */
    public ServeConfig targetCapacity(double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw BadRequestException.refused("the target capacity is a percentage, which cannot be " + percent);
        }
        return with(TARGET_CAPACITY, percent);
    }

    /** A copy with any field, by Ray's field name. Ray silently ignores unknown fields. */
    public ServeConfig with(String field, @Nullable Object value) {
        return new ServeConfig(attributes.with(OPTIONS, Copies.with(options(), field, value)));
    }

    private List<ServeApplicationConfig> applicationsWithout(String name) {
        List<ServeApplicationConfig> others = new ArrayList<>(applications());
        others.removeIf(application -> application.name().equals(name));
        return others;
    }

    private static void requireUnique(String what, Stream<String> values) {
        Set<String> seen = new HashSet<>();
        values.forEach(value -> {
            if (!seen.add(value)) {
                throw BadRequestException.refused("two Serve applications have the " + what + " " + value);
            }
        });
    }
}

package io.synapse.sdk.serve;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One application of a {@link ServeConfig}. Immutable: each setter returns a modified copy.
 *
 * <pre>{@code
 * ServeApplicationConfig.of("chat", "chat.app:build")
 *         .routePrefix("/chat")
 *         .runtimeEnv(Map.of("working_dir", "https://example.com/chat.zip"))
 *         .deployment(DeploymentConfig.of("Model").numReplicas(2).numGpus(1))
 * }</pre>
 */
public final class ServeApplicationConfig extends ValueObject {
    private static final String DEPLOYMENTS = "deployments";
    private static final Pattern IMPORT_PATH = Pattern.compile("[^:]+:[^:]+|[^:]+\\.[^:.]+");
    private static final Pattern ROUTE_PREFIX = Pattern.compile("/|/[^{}]*[^{}/]");

    private ServeApplicationConfig(Attributes attributes) {
        super(attributes);
        Map<String, @Nullable Object> properties = properties();
        if (!(properties.get("name") instanceof String name) || name.isEmpty()) {
            throw BadRequestException.refused("a Serve application needs a name");
        }
        if (!(properties.get("import_path") instanceof String path)
                || !IMPORT_PATH.matcher(path).matches()) {
            throw BadRequestException.refused("the Serve application " + name
                    + " needs an import path of the form module:attribute, not: " + properties.get("import_path"));
        }
        Object route = properties.get("route_prefix");
        if (route != null && !ROUTE_PREFIX.matcher(route.toString()).matches()) {
            throw BadRequestException.refused("the route prefix of the Serve application " + name
                    + " must begin with / and not end with it, and have no braces: " + route);
        }
    }

    /**
     * An application with this name.
     *
     * @param importPath its Python code, as {@code module:attribute}: an application, or a function that creates one
     *     from {@link #args}
     * @throws BadRequestException when the name is empty or the import path does not have that form
     */
    public static ServeApplicationConfig of(String name, String importPath) {
        return of(name, Map.of("import_path", importPath));
    }

    /** An application with these fields, by Ray's field names. */
    static ServeApplicationConfig of(String name, Map<String, ? extends @Nullable Object> fields) {
        Attributes attributes = Attributes.NONE;
        for (Map.Entry<String, ? extends @Nullable Object> field : fields.entrySet()) {
            attributes = attributes.withField(field.getKey(), field.getValue());
        }
        return new ServeApplicationConfig(attributes.withField("name", name));
    }

    /**
     * The properties that were set, by Ray's field names. Other fields are not sent: for Ray, an absent field differs
     * from null.
     */
    public Map<String, @Nullable Object> properties() {
        return attributes.asMap();
    }

    /** Its name. */
    public String name() {
        return String.valueOf(properties().get("name"));
    }

    /** The location of its Python code. */
    public String importPath() {
        return String.valueOf(properties().get("import_path"));
    }

    /** Its HTTP path, "/" by default; null for no HTTP. */
    public @Nullable String routePrefix() {
        return properties().containsKey("route_prefix")
                ? Objects.toString(properties().get("route_prefix"), null)
                : "/";
    }

    /** A copy with this HTTP path, for instance {@code /chat}, which must be unique. Null for no HTTP. */
    public ServeApplicationConfig routePrefix(@Nullable String prefix) {
        return with("route_prefix", prefix);
    }

    /** A copy with this runtime environment, in Ray's format. Folders and modules must be given by URI. */
    public ServeApplicationConfig runtimeEnv(Map<String, ? extends @Nullable Object> environment) {
        return with("runtime_env", environment);
    }

    /** A copy with these arguments for the function of the import path. */
    public ServeApplicationConfig args(Map<String, ? extends @Nullable Object> arguments) {
        return with("args", arguments);
    }

    /** A copy with this logging configuration, in Ray's format. */
    public ServeApplicationConfig loggingConfig(Map<String, ? extends @Nullable Object> logging) {
        return with("logging_config", logging);
    }

    /** A copy that is scaled by requests to the server instead of by Serve itself. */
    public ServeApplicationConfig externalScalerEnabled(boolean enabled) {
        return with("external_scaler_enabled", enabled);
    }

    /** A copy with these settings of one of its deployments, in place of earlier ones. */
    public ServeApplicationConfig deployment(DeploymentConfig deployment) {
        List<@Nullable Object> deployments = new ArrayList<>();
        if (properties().get(DEPLOYMENTS) instanceof List<?> before) {
            deployments.addAll(before);
        }
        deployments.removeIf(
                one -> one instanceof Map<?, ?> map && deployment.name().equals(map.get("name")));
        deployments.add(deployment.properties());
        return with(DEPLOYMENTS, deployments);
    }

    /** A copy with any field, by Ray's field name. Ray silently ignores unknown fields. */
    public ServeApplicationConfig with(String field, @Nullable Object value) {
        return new ServeApplicationConfig(attributes.withField(field, value));
    }
}

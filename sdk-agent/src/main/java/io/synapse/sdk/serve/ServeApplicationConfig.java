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
 * One application of a {@link ServeConfig}. Immutable: each method gives a changed copy.
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
     * An application of this name.
     *
     * @param importPath where its Python is, as {@code module:attribute}: an application, or a function that makes one of
     *     {@link #args}
     * @throws BadRequestException when the name is empty or the import path not of that form
     */
    public static ServeApplicationConfig of(String name, String importPath) {
        return of(name, Map.of("import_path", importPath));
    }

    /** An application with these fields, by Ray's names of them. */
    static ServeApplicationConfig of(String name, Map<String, ? extends @Nullable Object> fields) {
        Attributes attributes = Attributes.NONE;
        for (Map.Entry<String, ? extends @Nullable Object> field : fields.entrySet()) {
            attributes = attributes.withField(field.getKey(), field.getValue());
        }
        return new ServeApplicationConfig(attributes.withField("name", name));
    }

    /** What was set, by Ray's names of the fields. What was not set is not sent: to Ray, nothing and null are different. */
    public Map<String, @Nullable Object> properties() {
        return attributes.asMap();
    }

    /** Its name. */
    public String name() {
        return String.valueOf(properties().get("name"));
    }

    /** Where its Python is. */
    public String importPath() {
        return String.valueOf(properties().get("import_path"));
    }

    /** The path that it answers at, "/" unless it says another; null when it answers no HTTP. */
    public @Nullable String routePrefix() {
        return properties().containsKey("route_prefix")
                ? Objects.toString(properties().get("route_prefix"), null)
                : "/";
    }

    /** The same at this path, {@code /chat} for instance; no other application may have it. Null for no HTTP at all. */
    public ServeApplicationConfig routePrefix(@Nullable String prefix) {
        return with("route_prefix", prefix);
    }

    /** The same in this environment, in Ray's words. Folders and modules must be given by URI. */
    public ServeApplicationConfig runtimeEnv(Map<String, ? extends @Nullable Object> environment) {
        return with("runtime_env", environment);
    }

    /** The same with these arguments of the function that its import path names. */
    public ServeApplicationConfig args(Map<String, ? extends @Nullable Object> arguments) {
        return with("args", arguments);
    }

    /** The same with this way of logging, in Ray's words. */
    public ServeApplicationConfig loggingConfig(Map<String, ? extends @Nullable Object> logging) {
        return with("logging_config", logging);
    }

    /** The same, scaled by requests to the server rather than by Serve itself. */
    public ServeApplicationConfig externalScalerEnabled(boolean enabled) {
        return with("external_scaler_enabled", enabled);
    }

    /** The same with these settings of one of its deployments, in place of any for that deployment before. */
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

    /**
     * The same with any field, by Ray's name of it: for what has no method here. Ray ignores a field that it does not
     * know, and says nothing.
     */
    public ServeApplicationConfig with(String field, @Nullable Object value) {
        return new ServeApplicationConfig(attributes.withField(field, value));
    }
}

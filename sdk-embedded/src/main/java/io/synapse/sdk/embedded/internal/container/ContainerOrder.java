package io.synapse.sdk.embedded.internal.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants of a container (wire/agent.md, section 6), beside the release and the model that name it. Fields
 * that were not sent are left as they are on record.
 *
 * @param fields those that were sent, checked
 */
public record ContainerOrder(ObjectNode fields) {
    private static final Set<String> KEPT =
            Set.of("action", "entrypoint", "params", "envs", "metadata", "labels", "backend_container_id");
    private static final Set<String> OF_THE_NAME = Set.of("plugin_release", "plugin", "version", "model", "kind");

    /** Linux takes 128 KiB for one, with its name and its end. */
    private static final int LONGEST_VARIABLE = 131_000;

    /** What makes a container another one: these it gets when it is made, and cannot change later. */
    private static final List<String> FIXED = List.of("action", "entrypoint", "params", "envs");

    /** Reads a request; refused with 400 saying which field is wrong. */
    public static ContainerOrder parse(JsonNode body) {
        require(body instanceof ObjectNode, "a container is asked for with a JSON object");
        ObjectNode fields = ((ObjectNode) body).objectNode();
        body.properties().forEach(field -> {
            String name = field.getKey();
            require(KEPT.contains(name) || OF_THE_NAME.contains(name), "unknown field " + name);
            if (KEPT.contains(name) && !field.getValue().isNull()) {
                fields.set(name, field.getValue());
            }
        });
        require(
                body.path("kind").asText("plugin_runtime").equals("plugin_runtime"),
                "this agent runs containers of the kind plugin_runtime only");
        ContainerOrder order = new ContainerOrder(fields);
        order.check();
        return order;
    }

    /** What of it callers may see: neither its parameters nor its variables, which may be secret. */
    public Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (String name : List.of("action", "metadata", "labels", "backend_container_id")) {
            if (fields.has(name)) {
                shown.put(name, fields.get(name));
            }
        }
        return shown;
    }

    /** This order, with what it does not say as in an earlier one. */
    ContainerOrder over(ContainerOrder earlier) {
        ObjectNode all = earlier.fields.deepCopy();
        all.setAll(fields);
        return new ContainerOrder(all);
    }

    /** Whether a container made for the other order will do for this one. */
    boolean runsLike(ContainerOrder other) {
        return FIXED.stream().allMatch(name -> fields.path(name).equals(other.fields.path(name)));
    }

    /** The action to run. */
    String action() {
        return fields.path("action").asText("gradio");
    }

    /** The file to run, if the caller chose it. */
    @Nullable
    String entrypoint() {
        JsonNode file = fields.get("entrypoint");
        return file == null ? null : file.textValue();
    }

    /** The parameters, as JSON. */
    String params() {
        JsonNode params = fields.get("params");
        return params == null ? "{}" : params.toString();
    }

    /** The variables of its environment. */
    Map<String, String> envs() {
        Map<String, String> envs = new LinkedHashMap<>();
        fields.path("envs")
                .properties()
                .forEach(env -> envs.put(env.getKey(), env.getValue().textValue()));
        return envs;
    }

    private void check() {
        requireText("action");
        requireText("entrypoint");
        requireObject("params");
        requireObject("envs");
        requireObject("metadata");
        fields.path("envs").properties().forEach(env -> {
            require(
                    env.getKey().matches("[^=\\x00]+"),
                    "envs: the name of a variable is not empty and has no = in it, unlike \"" + env.getKey() + "\"");
            require(
                    env.getValue().isTextual() && env.getValue().textValue().indexOf('\0') < 0,
                    "envs." + env.getKey() + " must be a string");
        });
        requireShort("params", params());
        envs().forEach((name, value) -> requireShort("envs." + name, name + "=" + value));
        JsonNode labels = fields.path("labels");
        require(labels.isMissingNode() || labels.isArray(), "labels must be a list of strings");
        List<JsonNode> words = new ArrayList<>();
        labels.forEach(words::add);
        require(words.stream().allMatch(JsonNode::isTextual), "labels must be a list of strings");
        JsonNode backend = fields.path("backend_container_id");
        require(backend.isMissingNode() || backend.isIntegralNumber(), "backend_container_id must be a whole number");
    }

    private static void requireShort(String name, String value) {
        require(
                value.getBytes(StandardCharsets.UTF_8).length <= LONGEST_VARIABLE,
                name + " is too long for a variable of a process: at most " + LONGEST_VARIABLE + " bytes");
    }

    private void requireText(String name) {
        JsonNode value = fields.path(name);
        require(
                value.isMissingNode() || value.isTextual() && !value.textValue().isBlank(),
                name + " must be a string that is not blank");
    }

    private void requireObject(String name) {
        JsonNode value = fields.path(name);
        require(value.isMissingNode() || value.isObject(), name + " must be an object");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new RefusedException(400, otherwise);
        }
    }
}

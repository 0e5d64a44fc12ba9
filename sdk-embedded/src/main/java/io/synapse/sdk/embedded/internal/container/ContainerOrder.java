package io.synapse.sdk.embedded.internal.container;

import static io.synapse.sdk.embedded.internal.backend.Fields.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.embedded.internal.PrintableText;
import io.synapse.sdk.embedded.internal.backend.Fields;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.embedded.internal.plugin.PluginAction;
import io.synapse.sdk.embedded.internal.plugin.PluginRelease;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
        Fields asked = Fields.of(body, "the container that is asked for");
        ObjectNode fields = asked.object().objectNode();
        body.properties().forEach(field -> {
            String name = field.getKey();
            require(KEPT.contains(name) || OF_THE_NAME.contains(name), "unknown field " + name);
            if (KEPT.contains(name) && !field.getValue().isNull()) {
                fields.set(name, field.getValue());
            }
        });
        String kind = asked.text("kind");
        require(
                kind == null || kind.equals("plugin_runtime"),
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

    /**
     * The file of a release to run.
     *
     * @throws RefusedException with 404 when the release has no such action; with 400 when it cannot be such a file
     */
    String entrypoint(PluginRelease release) {
        JsonNode chosen = fields.get("entrypoint");
        if (chosen != null) {
            String file = chosen.textValue();
            require(
                    file.matches("[^/\\\\][^\\\\]*\\.py")
                            && !List.of(file.split("/")).contains(".."),
                    "entrypoint must be a Python file of the plugin, not " + file);
            return file;
        }
        String action = fields.path("action").asText("gradio");
        return release.action(action)
                .map(PluginAction::file)
                .orElseThrow(() -> new RefusedException(404, release.reference() + " has no action " + action));
    }

    /** The parameters, as JSON. */
    String params() {
        JsonNode params = fields.get("params");
        return params == null ? "{}" : params.toString();
    }

    /** The variables of its environment. */
    Map<String, String> envs() {
        return new Fields(fields, "").texts("envs");
    }

    private void check() {
        Fields checked = new Fields(fields, "");
        checked.textNotBlank("action");
        checked.textNotBlank("entrypoint");
        checked.object("params");
        checked.object("metadata");
        checked.list("labels");
        checked.texts("envs").forEach((name, value) -> {
            require(
                    name.matches("[^=]+") && PrintableText.isPrintable(name),
                    "envs: the name of a variable can be seen, is not empty and has no = in it, unlike \""
                            + PrintableText.of(name) + "\"");
            require(value.indexOf('\0') < 0, "envs." + name + " must be a string without U+0000");
        });
        requireShort("params", params());
        envs().forEach((name, value) -> requireShort("envs." + name, name + "=" + value));
        JsonNode backend = fields.path("backend_container_id");
        require(backend.isMissingNode() || backend.isIntegralNumber(), "backend_container_id must be a whole number");
    }

    private static void requireShort(String name, String value) {
        require(
                value.getBytes(StandardCharsets.UTF_8).length <= LONGEST_VARIABLE,
                name + " is too long for a variable of a process: at most " + LONGEST_VARIABLE + " bytes");
    }
}

package io.synapse.sdk.embedded.internal.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.embedded.internal.ScratchFolder;
import io.synapse.sdk.embedded.internal.ShellWord;
import io.synapse.sdk.embedded.internal.backend.Fields;
import io.synapse.sdk.embedded.internal.backend.JobRequest;
import io.synapse.sdk.embedded.internal.backend.Jobs;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs actions of plugins as jobs. Each job has a copy of the plugin's files to itself: it may write among them, and what
 * is done to the release meanwhile does not concern it. Thread-safe.
 */
public final class PluginActions {
    private static final String GRADIO = "gradio";
    private static final String REQUIREMENTS = "requirements.txt";

    private final PluginReleases releases;
    private final ScratchFolder scratch;
    private final Jobs jobs;

    /**
     * Actions of these releases.
     *
     * @param scratch within the agent's data directory
     * @param jobs where they run
     */
    public PluginActions(PluginReleases releases, ScratchFolder scratch, Jobs jobs) {
        this.releases = releases;
        this.scratch = scratch;
        this.jobs = jobs;
    }

    /**
     * Runs an action of a release; refused with 404 when there is no such release or action.
     *
     * @param lookup id of the release, or {@code code@version}
     * @return the id of the job
     */
    public String run(String lookup, JsonNode body) throws IOException {
        ActionRequest request = ActionRequest.parse(body, Set.of());
        PluginRelease release = releases.get(lookup);
        PluginAction action = action(request.action(), release.actions());
        return scratch.with(folder -> {
            release.copyTo(folder);
            return submit(request, action, folder, Map.of("plugin_release", release.reference()));
        });
    }

    /**
     * Runs an action from its source, without a release.
     *
     * @return the id of the job
     */
    public String runFromSource(JsonNode body) throws IOException {
        ActionRequest request = ActionRequest.parse(body, PluginSource.FIELDS);
        PluginSource source = PluginSource.parse(Fields.of(body, "the request"));
        return scratch.with(folder -> {
            PluginAction action = action(request.action(), source.copyTo(folder));
            return submit(request, action, folder, Map.of());
        });
    }

    private static PluginAction action(String name, List<PluginAction> actions) {
        if (name.equals(GRADIO)) {
            throw new RefusedException(
                    400, "the action gradio is a page, not a job: creating a container of the release runs it");
        }
        return actions.stream()
                .filter(action -> action.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new RefusedException(404, "the plugin has no action " + name + "; " + those(actions)));
    }

    private static String those(List<PluginAction> actions) {
        List<String> names = actions.stream().map(PluginAction::name).toList();
        return names.isEmpty() ? "it has none at all" : "those it has: " + String.join(", ", names);
    }

    private String submit(ActionRequest request, PluginAction action, Path folder, Map<String, String> metadata)
            throws IOException {
        if (!Files.isRegularFile(folder.resolve(action.file()))) {
            throw new RefusedException(
                    400, "the plugin has no file " + action.file() + ", which its action " + action.name() + " names");
        }
        ObjectNode job = JsonNodeFactory.instance.objectNode();
        // The folder's path is known only where the job runs.
        job.put(
                "entrypoint",
                "PYTHONPATH=\"$PWD${PYTHONPATH:+:$PYTHONPATH}\" exec python3 " + ShellWord.quoted(action.file()));
        if (request.jobId() != null) {
            job.put("submission_id", request.jobId());
        }
        ObjectNode words = job.putObject("metadata");
        metadata.forEach(words::put);
        words.put("plugin_action", action.name());
        ObjectNode environment = job.putObject("runtime_env");
        environment.set("env_vars", variables(request));
        List<String> packages = request.requirementsBeside(requirements(folder.resolve(REQUIREMENTS)));
        if (!packages.isEmpty()) {
            packages.forEach(environment.putArray("pip")::add);
        }
        return jobs.submit(JobRequest.parse(job), folder);
    }

    private static ObjectNode variables(ActionRequest request) {
        ObjectNode variables = JsonNodeFactory.instance.objectNode();
        variables.put("PLUGIN_ACTION", request.action());
        variables.put("PYTHONUNBUFFERED", "1");
        variables.put("PLUGIN_PARAMS", request.params() == null ? "{}" : request.params());
        if (request.language() != null) {
            variables.put("PLUGIN_LANGUAGE", request.language());
        }
        return variables;
    }

    /** Its lines; by themselves they mean the same wherever the job runs, as long as they name no other file. */
    private static List<String> requirements(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return text.replaceAll("\\\\\\R", "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }
}

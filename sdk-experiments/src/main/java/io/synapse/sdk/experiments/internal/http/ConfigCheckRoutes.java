package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Fields;
import io.synapse.sdk.experiments.internal.config.ConfigProblem;
import io.synapse.sdk.experiments.internal.config.DryRun;
import io.synapse.sdk.experiments.internal.config.WorkerChecks;
import io.synapse.sdk.experiments.internal.device.Device;
import io.synapse.sdk.experiments.internal.device.Devices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The dry run of a config: by the server, and by a worker if it is wanted (wire/experiments.md, sections 6 and 16).
 *
 * @param dryRun that of the server
 * @param checks those of workers
 */
public record ConfigCheckRoutes(DryRun dryRun, WorkerChecks checks, Devices devices) {
    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        routes.post("/api/configs/validate", this::validate);
        routes.get(
                "/api/queue/check/{id}",
                request ->
                        request.contentType("text/yaml; charset=utf-8").result(checks.config(request.pathParam("id"))));
        routes.post("/api/queue/check/{id}", this::answer);
    }

    /** A worker is not asked about a config that is wrong by what the server sees. */
    private void validate(Context request) {
        ObjectNode body = Replies.body(request);
        Optional<String> host = Fields.optionalText(body, "validate_on");
        host.ifPresent(this::requireWorker);
        String config = Fields.optionalText(body, "content").orElseGet(() -> Fields.text(body, "config"));
        Map<String, Object> result = dryRun.check(config, body);
        if (host.isEmpty() || !DryRun.isValid(result)) {
            answer(request, result);
            return;
        }
        request.future(() -> checks.ask(host.get(), config).thenAccept(found -> {
            if (found.isPresent()) {
                answer(request, with(result, host.get(), found.get()));
            } else {
                Replies.failure(
                        request,
                        Failure.of(504, "Gateway Timeout", "worker " + host.get() + " did not check it in time"));
            }
        }));
    }

    private void requireWorker(String host) {
        Device device = devices.find(host).orElseThrow(() -> Failure.notFound("Device not found: " + host));
        if (!device.beat().canValidate()) {
            throw Failure.conflict("worker " + host + " has no command to check configs with");
        }
    }

    private static Map<String, Object> with(Map<String, Object> result, String host, WorkerChecks.Answer found) {
        List<ConfigProblem> errors = new ArrayList<>();
        found.problem(host).ifPresent(errors::add);
        Map<String, Object> all = new LinkedHashMap<>(result);
        all.put("valid", errors.isEmpty());
        all.put("errors", errors);
        all.put("worker", Map.of("host_id", host, "exit_code", found.exitCode(), "output", found.output()));
        return all;
    }

    private static void answer(Context request, Map<String, Object> result) {
        Replies.data(request, result, DryRun.isValid(result) ? "Configuration is valid" : "Configuration is not valid");
    }

    private void answer(Context request) {
        ObjectNode body = Replies.body(request);
        Integer exitCode = Fields.integer(body, "exit_code");
        if (exitCode == null) {
            throw Failure.invalid("missing", List.of("body", "exit_code"), "Field required");
        }
        checks.answer(request.pathParam("id"), new WorkerChecks.Answer(exitCode, Fields.text(body, "output")));
        Replies.data(request, Map.of("message", "Check recorded"));
    }
}

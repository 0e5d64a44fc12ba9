package io.synapse.sdk.embedded.internal.http;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.embedded.internal.host.Feasibility;
import io.synapse.sdk.embedded.internal.host.ResourceReport;
import io.synapse.sdk.embedded.internal.host.ResourceRequest;
import io.synapse.sdk.embedded.internal.host.ThisMachine;
import io.synapse.sdk.embedded.internal.job.LocalJobs;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code nodes/…}, {@code gpu_status/} and {@code resources/…}: the cluster that consists of this machine. */
final class MachineRoutes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalJobs jobs;
    private final ThisMachine machine;
    private final ResourceReport report;
    private final Feasibility feasibility;

    MachineRoutes(LocalJobs jobs, ThisMachine machine, Clock clock) {
        this.jobs = jobs;
        this.machine = machine;
        this.report = new ResourceReport(machine, clock);
        this.feasibility = new Feasibility(machine);
    }

    void register(RoutesConfig routes) {
        routes.get("/nodes", request -> Answers.json(request, 200, List.of(report.node())));
        routes.get("/nodes/{id}", this::node);
        routes.get("/gpu_status", request -> Answers.json(request, 200, report.gpuStatus()));
        routes.get("/resources/cluster", this::cluster);
        routes.post("/resources/feasibility", this::check);
    }

    private void node(Context request) {
        String id = request.pathParam("id");
        if (!id.equals(machine.nodeId())) {
            throw new RefusedException(404, "Node " + id + " does not exist");
        }
        Answers.json(request, 200, report.node());
    }

    private void cluster(Context request) {
        boolean useCache = !"false".equals(request.queryParam("use_cache"));
        Duration timeToLive = jobs.policy().resourceCacheTime();
        Answers.json(request, 200, report.clusterResources(useCache, timeToLive, jobs.runningCount()));
    }

    private void check(Context request) {
        if (!(Answers.body(request) instanceof ObjectNode body)) {
            throw new RefusedException(400, "the request must be a JSON object");
        }
        Map<String, Object> fields = JSON.convertValue(body, new TypeReference<>() {});
        try {
            Answers.json(request, 200, feasibility.check(ResourceRequest.fromJson(fields)));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, String.valueOf(e.getMessage()));
        }
    }
}

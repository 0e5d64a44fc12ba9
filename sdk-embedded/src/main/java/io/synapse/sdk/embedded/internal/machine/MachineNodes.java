package io.synapse.sdk.embedded.internal.machine;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.embedded.internal.backend.Nodes;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.embedded.internal.job.JobRunner;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The cluster that consists of this machine. */
final class MachineNodes implements Nodes {
    private final JobRunner jobs;
    private final Machine machine;
    private final ResourceReport report;
    private final Feasibility feasibility;

    MachineNodes(JobRunner jobs, Machine machine, Clock clock) {
        this.jobs = jobs;
        this.machine = machine;
        this.report = new ResourceReport(machine, clock);
        this.feasibility = new Feasibility(machine);
    }

    @Override
    public List<Map<String, Object>> list() {
        return List.of(report.node());
    }

    @Override
    public Map<String, Object> get(String id) {
        if (!id.equals(machine.nodeId())) {
            throw new RefusedException(404, "Node " + id + " does not exist");
        }
        return report.node();
    }

    @Override
    public Map<String, Object> gpuStatus() {
        return report.gpuStatus();
    }

    @Override
    public Map<String, Object> clusterResources(boolean useCache) {
        return report.clusterResources(useCache, jobs.policy().resourceCacheTime(), jobs.runningCount());
    }

    @Override
    public Map<String, Object> feasibility(JsonNode request) {
        return feasibility.check(ResourceRequest.parse(request));
    }
}

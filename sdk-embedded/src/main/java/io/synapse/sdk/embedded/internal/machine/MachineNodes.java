package io.synapse.sdk.embedded.internal.machine;

import io.synapse.sdk.embedded.internal.backend.Nodes;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.embedded.internal.host.Feasibility;
import io.synapse.sdk.embedded.internal.host.ResourceReport;
import io.synapse.sdk.embedded.internal.host.ResourceRequest;
import io.synapse.sdk.embedded.internal.host.ThisMachine;
import io.synapse.sdk.embedded.internal.job.LocalJobs;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The cluster that consists of this machine. */
final class MachineNodes implements Nodes {
    private final LocalJobs jobs;
    private final ThisMachine machine;
    private final ResourceReport report;
    private final Feasibility feasibility;

    MachineNodes(LocalJobs jobs, ThisMachine machine, Clock clock) {
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
    public Map<String, Object> feasibility(Map<String, Object> request) {
        try {
            return feasibility.check(ResourceRequest.fromJson(request));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, String.valueOf(e.getMessage()));
        }
    }
}

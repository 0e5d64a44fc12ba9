package io.synapse.sdk.embedded.internal.machine;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.embedded.internal.backend.Backend;
import io.synapse.sdk.embedded.internal.backend.Jobs;
import io.synapse.sdk.embedded.internal.backend.Nodes;
import io.synapse.sdk.embedded.internal.backend.RuntimePolicy;
import io.synapse.sdk.embedded.internal.backend.ServeApplications;
import io.synapse.sdk.embedded.internal.backend.Tasks;
import io.synapse.sdk.embedded.internal.job.JobOptions;
import io.synapse.sdk.embedded.internal.job.JobRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** Does the work on this machine: jobs are local processes. */
public final class MachineBackend implements Backend {
    private final JobRunner jobs;
    private final Machine machine;
    private final Nodes nodes;

    /**
     * Finds the jobs of this directory again.
     *
     * @throws IOException when the directory cannot be used
     */
    public MachineBackend(Path directory, Jdbi database, JobOptions options) throws IOException {
        jobs = new JobRunner(directory, database, options, Clock.systemUTC());
        machine = new Machine(directory.toString());
        nodes = new MachineNodes(jobs, machine, Clock.systemUTC());
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public Map<String, Object> health() {
        return Map.of();
    }

    @Override
    public Jobs jobs() {
        return new MachineJobs(jobs, machine);
    }

    @Override
    public Nodes nodes() {
        return nodes;
    }

    @Override
    public Tasks tasks() {
        return new MachineTasks(jobs, machine);
    }

    @Override
    public ServeApplications serveApplications() {
        return new NoServeApplications();
    }

    @Override
    public RuntimePolicy policy() {
        return jobs.policy();
    }

    @Override
    public RuntimePolicy changePolicy(JsonNode changes) {
        return jobs.changePolicy(changes);
    }

    @Override
    public void stopJobsOfThisAgent() {
        jobs.stopAll();
    }

    @Override
    public void close() {
        jobs.close();
    }
}

package io.synapse.sdk.agent;

import io.synapse.sdk.TailOptions;
import io.synapse.sdk.container.ContainerFilter;
import io.synapse.sdk.container.ContainerRequest;
import io.synapse.sdk.container.ContainerStatus;
import io.synapse.sdk.container.ContainerUpdate;
import io.synapse.sdk.container.DockerContainerRequest;
import io.synapse.sdk.experiment.AnalysisRequest;
import io.synapse.sdk.experiment.ConflictResolution;
import io.synapse.sdk.experiment.CurveQuery;
import io.synapse.sdk.experiment.DeviceReport;
import io.synapse.sdk.experiment.ExperimentSubmission;
import io.synapse.sdk.experiment.JobCompletion;
import io.synapse.sdk.experiment.JobPriority;
import io.synapse.sdk.experiment.JobQuery;
import io.synapse.sdk.experiment.RecommendationRequest;
import io.synapse.sdk.experiment.RunKey;
import io.synapse.sdk.experiment.RunQuery;
import io.synapse.sdk.experiment.SyncPart;
import io.synapse.sdk.experiment.SyncTarget;
import io.synapse.sdk.job.JobFilter;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.plugin.PluginDebugRequest;
import io.synapse.sdk.plugin.PluginRunRequest;
import io.synapse.sdk.ray.StateFilter;
import io.synapse.sdk.ray.StateQuery;
import io.synapse.sdk.resources.FeasibilityRequest;
import io.synapse.sdk.resources.RuntimePolicyUpdate;
import io.synapse.sdk.resources.WorkloadKind;
import io.synapse.sdk.serve.ServeConfig;
import io.synapse.sdk.system.SystemUpdate;
import io.synapse.sdk.workspace.WorkspaceRequest;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * An operation of a client, found by reflection so that none is forgotten, with arguments that it takes.
 *
 * @param operation the method of an operation interface
 * @param arguments one for each parameter
 */
public record SampleCall(Method operation, Object... arguments) {
    private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(
            Map.entry(String.class, "id-1"),
            Map.entry(boolean.class, true),
            Map.entry(Duration.class, Duration.ZERO),
            Map.entry(Consumer.class, (Consumer<Object>) seen -> {}),
            Map.entry(TailOptions.class, TailOptions.DEFAULT),
            Map.entry(JobFilter.class, JobFilter.ALL),
            Map.entry(JobSubmission.class, JobSubmission.of("true")),
            Map.entry(FeasibilityRequest.class, FeasibilityRequest.of(WorkloadKind.JOB, 1)),
            Map.entry(RuntimePolicyUpdate.class, RuntimePolicyUpdate.none()),
            Map.entry(ContainerRequest.class, ContainerRequest.ofRelease("demo@1")),
            Map.entry(ContainerFilter.class, ContainerFilter.ALL),
            Map.entry(ContainerUpdate.class, ContainerUpdate.of(ContainerStatus.STOPPED)),
            Map.entry(DockerContainerRequest.class, DockerContainerRequest.of("demo@1")),
            Map.entry(PluginRunRequest.class, PluginRunRequest.of("train")),
            Map.entry(PluginDebugRequest.class, PluginDebugRequest.of(PluginRunRequest.of("train"))),
            Map.entry(WorkspaceRequest.class, WorkspaceRequest.defaults()),
            Map.entry(SystemUpdate.class, SystemUpdate.configured()),
            Map.entry(ServeConfig.class, ServeConfig.of()),
            Map.entry(int.class, 1),
            Map.entry(long.class, 17L),
            Map.entry(Path.class, Path.of(System.getProperty("java.io.tmpdir"), "sample")),
            Map.entry(Map.class, Map.of("loss/a", "2d06800538d394c2")),
            Map.entry(RunQuery.class, RunQuery.of("demo")),
            Map.entry(CurveQuery.class, CurveQuery.of(List.of(RunKey.of("demo", "a")), List.of("loss"))),
            Map.entry(JobQuery.class, JobQuery.ALL),
            Map.entry(JobPriority.class, JobPriority.HIGH),
            Map.entry(ExperimentSubmission.class, ExperimentSubmission.ofConfig("lr: 1\n")),
            Map.entry(ConflictResolution.class, ConflictResolution.SKIP),
            Map.entry(RecommendationRequest.class, RecommendationRequest.of("demo", List.of("loss"))),
            Map.entry(AnalysisRequest.class, AnalysisRequest.of("demo")),
            Map.entry(DeviceReport.class, DeviceReport.of("w1")),
            Map.entry(JobCompletion.class, JobCompletion.succeeded("job_1")),
            Map.entry(SyncPart.class, SyncPart.of(SyncTarget.RUN, "job_1", "a.yaml", 0, new byte[] {1})),
            Map.entry(StateQuery.class, StateQuery.ALL),
            Map.entry(StateFilter[].class, new StateFilter[0]));

    /** A call of every operation that a client has. */
    public static Stream<SampleCall> of(Class<?> client) {
        return Arrays.stream(client.getInterfaces())
                .filter(type -> type.getSimpleName().endsWith("Operations"))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> !method.isSynthetic())
                .map(method -> new SampleCall(method, samples(method)));
    }

    /** The name of the operation. */
    public String name() {
        return operation.getName();
    }

    /** The same call with another first argument: the id or name of what it is about. */
    public SampleCall about(String idOrName) {
        Object[] others = arguments.clone();
        others[0] = idOrName;
        return new SampleCall(operation, others);
    }

    @Override
    public String toString() {
        return operation.getName() + Arrays.toString(operation.getParameterTypes());
    }

    private static Object[] samples(Method operation) {
        return Arrays.stream(operation.getGenericParameterTypes())
                .map(SampleCall::sample)
                .toArray();
    }

    private static Object sample(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return List.of(list.getActualTypeArguments()[0] == RunKey.class ? RunKey.of("demo", "a") : "loss");
        }
        Type kind = type instanceof ParameterizedType generic ? generic.getRawType() : type;
        return Objects.requireNonNull(SAMPLES.get(kind), "no sample of " + type);
    }
}

package io.synapse.sdk.serve;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.ValueObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one deployment of an application, which override those in its code. Immutable: each setter returns a
 * modified copy.
 */
public final class DeploymentConfig extends ValueObject {
    private static final String ACTOR_OPTIONS = "ray_actor_options";

    private DeploymentConfig(Attributes attributes) {
        super(attributes);
        if (!(properties().get("name") instanceof String name) || name.isEmpty()) {
            throw BadRequestException.refused("the settings of a deployment need its name");
        }
    }

    /**
     * A configuration without settings.
     *
     * @param name the name of the deployment in its code
     * @throws BadRequestException when it is empty
     */
    public static DeploymentConfig of(String name) {
        return new DeploymentConfig(Attributes.NONE.withField("name", name));
    }

    /** The properties that were set, by Ray's field names. Other settings are those of its code. */
    public Map<String, @Nullable Object> properties() {
        return attributes.asMap();
    }

    /** The name of the deployment in its code. */
    public String name() {
        return String.valueOf(properties().get("name"));
    }

    /**
     * A copy with this number of replicas.
     *
     * @throws BadRequestException when it is less than one
     */
    public DeploymentConfig numReplicas(int replicas) {
        return with("num_replicas", atLeast(1, "number of replicas", replicas));
    }

    /** A copy with autoscaling, with Ray's defaults. */
    public DeploymentConfig autoscaling() {
        return with("num_replicas", "auto");
    }

    /** A copy with autoscaling, with Ray's settings: {@code min_replicas}, {@code max_replicas} … */
    public DeploymentConfig autoscaling(Map<String, ? extends @Nullable Object> settings) {
        return with("autoscaling_config", settings);
    }

    /**
     * A copy with this number of concurrent requests for one replica.
     *
     * @throws BadRequestException when it is less than one
     */
    public DeploymentConfig maxOngoingRequests(int requests) {
        return with("max_ongoing_requests", atLeast(1, "number of ongoing requests", requests));
    }

    /**
     * A copy with this limit of queued requests; -1 for no limit.
     *
     * @throws BadRequestException when it is less than -1
     */
    public DeploymentConfig maxQueuedRequests(int requests) {
        return with("max_queued_requests", atLeast(-1, "number of queued requests", requests));
    }

    /** A copy with this argument of {@code reconfigure} in the code. Changing it does not restart replicas. */
    public DeploymentConfig userConfig(@Nullable Map<String, ? extends @Nullable Object> config) {
        return with("user_config", config);
    }

    /** A copy with this number of CPUs for each replica; fractions are allowed. */
    public DeploymentConfig numCpus(double cpus) {
        return actorOption("num_cpus", cpus);
    }

    /** A copy with this number of GPUs for each replica; fractions are allowed. */
    public DeploymentConfig numGpus(double gpus) {
        return actorOption("num_gpus", gpus);
    }

    /** A copy with this memory for each replica, in bytes. */
    public DeploymentConfig memory(long bytes) {
        return actorOption("memory", bytes);
    }

    /** A copy with this option of each replica's actor: {@code resources}, {@code runtime_env} … */
    public DeploymentConfig actorOption(String name, @Nullable Object value) {
        return with(ACTOR_OPTIONS, Copies.with(Copies.object(properties().get(ACTOR_OPTIONS)), name, value));
    }

    /** A copy with this time for a replica to finish its requests before it is killed. */
    public DeploymentConfig gracefulShutdownTimeout(Duration timeout) {
        return with("graceful_shutdown_timeout_s", seconds(timeout));
    }

    /** A copy with this interval at which an ending replica checks whether its requests are finished. */
    public DeploymentConfig gracefulShutdownWaitLoop(Duration pause) {
        return with("graceful_shutdown_wait_loop_s", seconds(pause));
    }

    /** A copy with this interval between health checks of each replica. */
    public DeploymentConfig healthCheckPeriod(Duration period) {
        return with("health_check_period_s", seconds(period));
    }

    /** A copy with this time limit of a health check. */
    public DeploymentConfig healthCheckTimeout(Duration timeout) {
        return with("health_check_timeout_s", seconds(timeout));
    }

    /** A copy with these resource bundles reserved for each replica: {@code [{"CPU": 1}, {"GPU": 1}]}. */
    public DeploymentConfig placementGroupBundles(List<Map<String, Double>> bundles) {
        return with("placement_group_bundles", bundles);
    }

    /** A copy with this placement strategy for the bundles: PACK, SPREAD, STRICT_PACK, STRICT_SPREAD. */
    public DeploymentConfig placementGroupStrategy(String strategy) {
        return with("placement_group_strategy", strategy);
    }

    /**
     * A copy with this largest number of replicas on one node.
     *
     * @throws BadRequestException when it is less than one
     */
    public DeploymentConfig maxReplicasPerNode(int replicas) {
        return with("max_replicas_per_node", atLeast(1, "number of replicas on a node", replicas));
    }

    /** A copy with this logging configuration, in Ray's format. */
    public DeploymentConfig loggingConfig(Map<String, ? extends @Nullable Object> logging) {
        return with("logging_config", logging);
    }

    /** A copy with any field, by Ray's field name. Ray silently ignores unknown fields. */
    public DeploymentConfig with(String field, @Nullable Object value) {
        return new DeploymentConfig(attributes.withField(field, value));
    }

    private static int atLeast(int least, String what, int number) {
        if (number < least) {
            throw BadRequestException.refused("the " + what + " of a deployment cannot be " + number);
        }
        return number;
    }

    private static double seconds(Duration time) {
        if (time.isNegative()) {
            throw BadRequestException.refused("a time of a deployment cannot be negative: " + time);
        }
        return time.toMillis() / 1000.0;
    }
}

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
 * Settings of one deployment of an application, which take the place of those in its code. Immutable: each method gives a
 * changed copy.
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
     * No settings yet.
     *
     * @param name the deployment, as its code names it
     * @throws BadRequestException when it is empty
     */
    public static DeploymentConfig of(String name) {
        return new DeploymentConfig(Attributes.NONE.withField("name", name));
    }

    /** What was set, by Ray's names of the fields. What was not set is as the code of the deployment has it. */
    public Map<String, @Nullable Object> properties() {
        return attributes.asMap();
    }

    /** The deployment, as its code names it. */
    public String name() {
        return String.valueOf(properties().get("name"));
    }

    /**
     * The same with so many replicas.
     *
     * @throws BadRequestException when it is less than one
     */
    public DeploymentConfig numReplicas(int replicas) {
        return with("num_replicas", atLeast(1, "number of replicas", replicas));
    }

    /** The same with as many replicas as its load needs, by Ray's defaults. */
    public DeploymentConfig autoscaling() {
        return with("num_replicas", "auto");
    }

    /** The same with as many replicas as its load needs, in Ray's words: {@code min_replicas}, {@code max_replicas} … */
    public DeploymentConfig autoscaling(Map<String, ? extends @Nullable Object> settings) {
        return with("autoscaling_config", settings);
    }

    /**
     * The same with so many requests at a time for one replica.
     *
     * @throws BadRequestException when it is less than one
     */
    public DeploymentConfig maxOngoingRequests(int requests) {
        return with("max_ongoing_requests", atLeast(1, "number of ongoing requests", requests));
    }

    /**
     * The same with so many requests that may wait; -1 for any number.
     *
     * @throws BadRequestException when it is less than -1
     */
    public DeploymentConfig maxQueuedRequests(int requests) {
        return with("max_queued_requests", atLeast(-1, "number of queued requests", requests));
    }

    /** The same with these words for the code's {@code reconfigure}. Another one restarts no replica. */
    public DeploymentConfig userConfig(@Nullable Map<String, ? extends @Nullable Object> config) {
        return with("user_config", config);
    }

    /** The same with so many CPUs for each replica; parts of one are possible. */
    public DeploymentConfig numCpus(double cpus) {
        return actorOption("num_cpus", cpus);
    }

    /** The same with so many GPUs for each replica; parts of one are possible. */
    public DeploymentConfig numGpus(double gpus) {
        return actorOption("num_gpus", gpus);
    }

    /** The same with so many bytes of memory for each replica. */
    public DeploymentConfig memory(long bytes) {
        return actorOption("memory", bytes);
    }

    /** The same with this option of the actor that each replica is: {@code resources}, {@code runtime_env} … */
    public DeploymentConfig actorOption(String name, @Nullable Object value) {
        return with(ACTOR_OPTIONS, Copies.with(Copies.object(properties().get(ACTOR_OPTIONS)), name, value));
    }

    /** The same, where each replica has so long to end its requests before it is killed. */
    public DeploymentConfig gracefulShutdownTimeout(Duration timeout) {
        return with("graceful_shutdown_timeout_s", seconds(timeout));
    }

    /** The same, where a replica that is to end looks so often whether its requests are done. */
    public DeploymentConfig gracefulShutdownWaitLoop(Duration pause) {
        return with("graceful_shutdown_wait_loop_s", seconds(pause));
    }

    /** The same, where the health of each replica is checked so often. */
    public DeploymentConfig healthCheckPeriod(Duration period) {
        return with("health_check_period_s", seconds(period));
    }

    /** The same, where a replica must answer such a check in this time. */
    public DeploymentConfig healthCheckTimeout(Duration timeout) {
        return with("health_check_timeout_s", seconds(timeout));
    }

    /** The same, where each replica reserves these bundles of resources together: {@code [{"CPU": 1}, {"GPU": 1}]}. */
    public DeploymentConfig placementGroupBundles(List<Map<String, Double>> bundles) {
        return with("placement_group_bundles", bundles);
    }

    /** The same with this rule for where the bundles go: PACK, SPREAD, STRICT_PACK, STRICT_SPREAD. */
    public DeploymentConfig placementGroupStrategy(String strategy) {
        return with("placement_group_strategy", strategy);
    }

    /**
     * The same with so many replicas on one node at the most.
     *
     * @throws BadRequestException when it is less than one
     */
    public DeploymentConfig maxReplicasPerNode(int replicas) {
        return with("max_replicas_per_node", atLeast(1, "number of replicas on a node", replicas));
    }

    /** The same with this way of logging, in Ray's words. */
    public DeploymentConfig loggingConfig(Map<String, ? extends @Nullable Object> logging) {
        return with("logging_config", logging);
    }

    /**
     * The same with any field, by Ray's name of it: for what has no method here. Ray ignores a field that it does not
     * know, and says nothing.
     */
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

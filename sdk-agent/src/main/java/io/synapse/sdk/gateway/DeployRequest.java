package io.synapse.sdk.gateway;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import java.util.Map;
import java.util.Objects;

/** A deployment. Immutable: each setter returns a modified copy. */
public final class DeployRequest extends GatewayRequest {
    private static final Key<DeployTarget> TARGET = new Key<>("target", new DeployTarget(""));
    private static final Key<Map<String, String>> CONFIG = new Key<>("config", Map.of());
    private static final Key<Boolean> DRY_RUN = new Key<>("dry_run", false);

    private DeployRequest(Attributes attributes) {
        super(attributes);
        if (target().value().isBlank()) {
            throw BadRequestException.refused("the target of a deployment cannot be blank");
        }
    }

    /**
     * A request to deploy.
     *
     * @param target where to
     * @throws BadRequestException when it is blank
     */
    public static DeployRequest of(DeployTarget target) {
        return new DeployRequest(Attributes.NONE.with(TARGET, Objects.requireNonNull(target, "target")));
    }

    /** Where to. */
    public DeployTarget target() {
        return attributes.get(TARGET);
    }

    /** The settings of the deployment; empty by default. */
    public Map<String, String> config() {
        return attributes.get(CONFIG);
    }

    /** Sets the settings of the deployment. */
    public DeployRequest config(Map<String, String> config) {
        return new DeployRequest(attributes.with(CONFIG, Map.copyOf(config)));
    }

    /** Whether nothing is changed; false by default. */
    public boolean dryRun() {
        return attributes.get(DRY_RUN);
    }

    /** Sets whether nothing is changed, and the answer only says what would be. */
    public DeployRequest dryRun(boolean dryRun) {
        return new DeployRequest(attributes.with(DRY_RUN, dryRun));
    }
}

package io.synapse.sdk.ray.internal;

import io.synapse.sdk.ConflictException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Polling;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.serve.ApplicationStatus;
import io.synapse.sdk.serve.ServeApplication;
import io.synapse.sdk.serve.ServeApplicationConfig;
import io.synapse.sdk.serve.ServeChanges;
import io.synapse.sdk.serve.ServeConfig;
import io.synapse.sdk.serve.ServeStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Operations of Ray Serve's REST API, which reads and writes all applications together (wire/ray.md, section 3). */
public final class RayServe {
    private static final String PATH = "api/serve/applications/";

    /** The first configuration is answered after Serve has started; its deletion after all requests have ended. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final Duration FIRST_INTERVAL = Duration.ofMillis(500);
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(5);

    private RayServe() {}

    /** The status of Serve. */
    public static Operation<ServeStatus> status() {
        return explained(Endpoint.get(PATH, ServeStatus.class));
    }

    static Operation<List<ServeApplication>> list() {
        return status().map(now -> List.copyOf(now.applications().values()));
    }

    static Operation<ServeApplication> get(String name) {
        return status().map(now -> application(name, now));
    }

    /** The changes that a configuration would make. */
    public static Operation<ServeChanges> preview(ServeConfig config) {
        return status().map(now -> ServeComparison.of(now, config));
    }

    /** Deploys a configuration, unless it would delete applications without permission. */
    public static Operation<ServeChanges> deploy(ServeConfig config) {
        return preview(config).then(changes -> {
            requireNoLosses(changes, config);
            return put(config).map(done -> changes);
        });
    }

    /** Stops Serve and deletes all applications. */
    public static Operation<@Nullable Void> deleteAll() {
        return explained(Endpoint.delete(PATH).readTimeout(TIMEOUT).callTimeout(TIMEOUT));
    }

    /** Waits until an application runs. */
    public static Operation<ServeApplication> await(String name, Duration timeout) {
        return Operation.deferred(() -> {
            Polling polling = Polling.every(FIRST_INTERVAL, timeout, "the Serve application " + name + " to run")
                    .maxInterval(MAX_INTERVAL);
            return get(name).until(RayServe::runs, polling, application -> {});
        });
    }

    /** Deploys the current configuration without that application, and verifies the result. */
    static Operation<@Nullable Void> delete(String name) {
        return status().then(before -> {
            ServeApplication application = application(name, before);
            if (ApplicationStatus.DELETING.equals(application.status())) {
                return Operation.nothing();
            }
            if (!application.hasConfiguration()) {
                throw new ConflictException(Failure.of(
                        409,
                        "the Serve application " + name + " was deployed from Python, where alone it can be deleted:"
                                + " serve.delete(\"" + name + "\"); the dashboard can only delete all together"));
            }
            ServeConfig rest = ServeConfig.from(before).without(name);
            return put(rest).then(done -> status()).then(after -> {
                requireOnlyDeleted(name, before, rest, after);
                return Operation.nothing();
            });
        });
    }

    private static Operation<@Nullable Void> put(ServeConfig config) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>(config.options());
        body.put(
                "applications",
                config.applications().stream()
                        .map(ServeApplicationConfig::properties)
                        .toList());
        return explained(Endpoint.of(HttpMethod.PUT, PATH, ResponseType.nothing())
                .json(body)
                .readTimeout(TIMEOUT)
                .callTimeout(TIMEOUT));
    }

    private static ServeApplication application(String name, ServeStatus status) {
        ServeApplication application = status.applications().get(name);
        if (application == null) {
            throw new NotFoundException(Failure.of(
                    404,
                    "there is no Serve application " + name + "; there are: "
                            + names(status.applications().keySet())));
        }
        return application;
    }

    private static boolean runs(ServeApplication application) {
        ApplicationStatus status = application.status();
        if (ApplicationStatus.DEPLOY_FAILED.equals(status) || ApplicationStatus.DELETING.equals(status)) {
            throw DeploymentFailure.of(application);
        }
        return ApplicationStatus.RUNNING.equals(status);
    }

    private static void requireNoLosses(ServeChanges changes, ServeConfig config) {
        Set<String> lost = new TreeSet<>(changes.removed());
        lost.removeAll(config.removable());
        if (!config.replacesAll() && !lost.isEmpty()) {
            throw new ConflictException(Failure.of(
                    409,
                    "nothing was deployed, for it would delete Serve applications that the configuration lacks: "
                            + names(lost) + "; allowRemoval or replaceAll lets it"));
        }
    }

    /** The server has no conditional requests: concurrent changes of other clients are detected afterwards. */
    private static void requireOnlyDeleted(String name, ServeStatus before, ServeConfig rest, ServeStatus after) {
        ServeApplication itself = after.applications().get(name);
        if (itself != null && itself.hasConfiguration()) {
            throw new ConflictException(Failure.of(
                            409, "the Serve application " + name + " was deleted, and deployed again by another client")
                    .mayHaveBeenExecuted(true));
        }
        Set<String> lost = new TreeSet<>();
        rest.applications().forEach(kept -> lost.add(kept.name()));
        lost.removeIf(kept -> ServeComparison.exists(kept, after));
        after.applications().keySet().stream()
                .filter(other -> !ServeComparison.exists(other, after))
                .filter(other -> ServeComparison.exists(other, before)
                        || !before.applications().containsKey(other))
                .forEach(lost::add);
        lost.remove(name);
        if (!lost.isEmpty()) {
            throw new ConflictException(Failure.of(
                            409,
                            "the Serve application " + name + " was deleted, but another client changed the"
                                    + " configuration meanwhile, and these no longer exist: " + names(lost))
                    .mayHaveBeenExecuted(true));
        }
    }

    private static String names(Collection<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names));
    }

    /** The head node answers some requests with 501 and others with an import error (wire/ray.md, section 3). */
    private static <T extends @Nullable Object> Operation<T> explained(Operation<T> operation) {
        return operation.recover(ServerException.class, failure -> {
            boolean isMissing = failure.statusCode() == 501
                    || failure.detail().map(Object::toString).orElse("").contains("pip install \"ray[serve]\"");
            if (!isMissing) {
                throw failure;
            }
            throw new ServerException(
                    new Failure(
                            501,
                            "this cluster cannot run Serve: its head lacks ray[serve], or a part of it",
                            failure.detail().orElse(null),
                            failure.failure().headers(),
                            failure.failure().request(),
                            failure.failure().attempts(),
                            false),
                    failure);
        });
    }
}

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

/** Serve applications in the words of a Ray dashboard, which knows them only all together (wire/ray.md, section 3). */
public final class RayServe {
    private static final String PATH = "api/serve/applications/";

    /** The first configuration is answered when Serve has started; the end of Serve when all requests have ended. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration FIRST_LOOK = Duration.ofMillis(500);
    private static final Duration SLOWEST_LOOK = Duration.ofSeconds(5);

    private RayServe() {}

    /** All that the cluster tells about Serve. */
    public static Operation<ServeStatus> status() {
        return explained(Endpoint.get(PATH, ServeStatus.class));
    }

    static Operation<List<ServeApplication>> list() {
        return status().map(now -> List.copyOf(now.applications().values()));
    }

    static Operation<ServeApplication> get(String name) {
        return status().map(now -> application(name, now));
    }

    /** What a configuration would change. */
    public static Operation<ServeChanges> preview(ServeConfig config) {
        return status().map(now -> ServeComparison.of(now, config));
    }

    /** Puts a configuration in the place of the one that is there, unless it would delete what it may not. */
    public static Operation<ServeChanges> deploy(ServeConfig config) {
        return preview(config).then(changes -> {
            refuseLosses(changes, config);
            return put(config).map(done -> changes);
        });
    }

    /** Ends Serve, with all that runs on it. */
    public static Operation<@Nullable Void> deleteAll() {
        return explained(Endpoint.delete(PATH).readTimeout(PATIENCE).callTimeout(PATIENCE));
    }

    /** Waits until an application runs. */
    public static Operation<ServeApplication> await(String name, Duration timeout) {
        return Operation.deferred(() -> {
            Polling polling = Polling.every(FIRST_LOOK, timeout, "the Serve application " + name + " to run")
                    .maxInterval(SLOWEST_LOOK);
            return get(name).until(RayServe::runs, polling, seen -> {});
        });
    }

    /** Puts the configuration that is there in its own place, without that application, and looks what came of it. */
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
                refuseAnotherOutcome(name, before, rest, after);
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
                .readTimeout(PATIENCE)
                .callTimeout(PATIENCE));
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

    private static void refuseLosses(ServeChanges changes, ServeConfig config) {
        Set<String> lost = new TreeSet<>(changes.removed());
        lost.removeAll(config.removable());
        if (!config.replacesAll() && !lost.isEmpty()) {
            throw new ConflictException(Failure.of(
                    409,
                    "nothing was deployed, for it would delete Serve applications that the configuration lacks: "
                            + names(lost) + "; allowRemoval or replaceAll lets it"));
        }
    }

    /** The server has no way to say "if it is still as I saw it": what somebody else did meanwhile is seen here only. */
    private static void refuseAnotherOutcome(String name, ServeStatus before, ServeConfig rest, ServeStatus after) {
        ServeApplication itself = after.applications().get(name);
        if (itself != null && itself.hasConfiguration()) {
            throw new ConflictException(Failure.of(
                            409, "the Serve application " + name + " was deleted, and deployed again by somebody else")
                    .mayHaveBeenExecuted(true));
        }
        Set<String> lost = new TreeSet<>();
        rest.applications().forEach(kept -> lost.add(kept.name()));
        lost.removeIf(kept -> ServeComparison.isThere(kept, after));
        after.applications().keySet().stream()
                .filter(other -> !ServeComparison.isThere(other, after))
                .filter(other -> ServeComparison.isThere(other, before)
                        || !before.applications().containsKey(other))
                .forEach(lost::add);
        lost.remove(name);
        if (!lost.isEmpty()) {
            throw new ConflictException(Failure.of(
                            409,
                            "the Serve application " + name + " was deleted, but somebody else changed the"
                                    + " configuration meanwhile, and these are not there any more: " + names(lost))
                    .mayHaveBeenExecuted(true));
        }
    }

    private static String names(Collection<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names));
    }

    /** The head says 501 to some requests and throws an import error at others (wire/ray.md, section 3). */
    private static <T extends @Nullable Object> Operation<T> explained(Operation<T> operation) {
        return operation.recover(ServerException.class, failure -> {
            boolean lacking = failure.statusCode() == 501
                    || failure.detail().map(Object::toString).orElse("").contains("pip install \"ray[serve]\"");
            if (!lacking) {
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

package io.synapse.sdk.workspace.internal.remote;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Performer;
import io.synapse.sdk.Polling;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import io.synapse.sdk.workspace.WorkspaceLostException;
import io.synapse.sdk.workspace.internal.CallFailure;
import io.synapse.sdk.workspace.internal.CallReply;
import io.synapse.sdk.workspace.internal.WorkspaceCall;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has an agent perform the operations of one workspace. Each has a key of its own, so that a request that is sent again
 * joins what the first has begun: nothing is done twice, and no result is lost with a connection. The agent answers after
 * some seconds at the latest, and is asked again until the operation has ended (wire/agent.md, section 7).
 */
final class RemoteCalls {
    private static final ResponseType<CallReply> REPLY = ResponseType.of(CallReply.class);
    private static final String WORKSPACE = "workspaces/{}/";
    private static final String CALL = "workspaces/{}/calls/{}/";

    /** Longer than the agent holds a request whose operation has not ended. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    private static final int TOO_LARGE = 413;

    private static final Polling RECONNECTION =
            Polling.every(Duration.ofMillis(200), Duration.ofSeconds(60), "the agent to answer");

    /** What an agent answers that has no workspaces. */
    private static final Set<Integer> UNKNOWN_PATH = Set.of(404, 405, 501);

    private final Performer client;
    private final String workspace;

    RemoteCalls(Performer client, String workspace) {
        this.client = client;
        this.workspace = workspace;
    }

    /** Opens the workspace, as it is described. When it fails, nothing of it is left. */
    void open(Map<String, @Nullable Object> description, Consumer<String> progress) {
        Endpoint<CallReply> request = Endpoint.put(WORKSPACE, REPLY, workspace)
                .query("wait", 1)
                .json(description)
                .readTimeout(READ_TIMEOUT);
        try {
            result(awaitEnd(request, progress), Void.class);
        } catch (CallCancelledException e) {
            end(delete(WORKSPACE, workspace), e);
            throw new CallCancelledException(executed(e), e);
        } catch (ClientException e) {
            throw e instanceof WorkspaceException || !UNKNOWN_PATH.contains(e.statusCode())
                    ? e
                    : new NotFoundException(
                            e.failure().message("this agent has no workspaces: it answered " + e.statusCode()), e);
        } catch (RuntimeException | Error e) { // of whoever takes the progress
            end(delete(WORKSPACE, workspace), e);
            throw e;
        }
    }

    /** Performs an operation; throws as it does. */
    <A extends Record, R extends @Nullable Object> R perform(WorkspaceCall<A, R> call, A arguments) {
        String key = UUID.randomUUID().toString();
        byte[] body = Json.writeAscii(Map.of("operation", call.name(), "arguments", arguments));
        Endpoint<CallReply> request = Endpoint.put(CALL, REPLY, workspace, key)
                .bytes("application/json", body)
                .readTimeout(READ_TIMEOUT);
        return result(reply(request, delete(CALL, workspace, key)), call.result());
    }

    private CallReply reply(Endpoint<CallReply> request, Endpoint<CallReply> cancellation) {
        try {
            return awaitEnd(request, text -> {});
        } catch (CallCancelledException e) {
            CallReply last = end(cancellation, e);
            if (last == null) {
                throw new CallCancelledException(executed(e), e);
            }
            return last; // it may have ended well before
        } catch (NotFoundException e) {
            throw lost(workspace, e);
        } catch (ClientException e) {
            throw e.statusCode() == TOO_LARGE ? new WorkspaceException(Reason.TOO_LARGE, e.failure(), e) : e;
        }
    }

    /** Closes a workspace; fails with a {@link NotFoundException} when there is none of this id. */
    static Operation<@Nullable Void> closing(String workspace) {
        return closing(delete(WORKSPACE, workspace));
    }

    private static Operation<@Nullable Void> closing(Endpoint<CallReply> request) {
        return request.then(reply -> {
            if (reply != null && !reply.done()) {
                return closing(request);
            }
            if (reply != null) {
                result(reply, Void.class);
            }
            return Operation.nothing();
        });
    }

    private static Endpoint<CallReply> delete(String path, Object... segments) {
        return Endpoint.of(HttpMethod.DELETE, path, REPLY, segments).readTimeout(READ_TIMEOUT);
    }

    private CallReply awaitEnd(Endpoint<CallReply> request, Consumer<String> progress) {
        String last = null;
        CallReply reply = ask(request, false);
        while (!reply.done()) {
            String now = reply.progress();
            if (now != null && !now.equals(last)) {
                progress.accept(now);
                last = now;
            }
            reply = ask(request, true);
        }
        return reply;
    }

    /**
     * Where the operation may run, the agent is asked again for as long as it keeps the operation for its client. One that
     * has begun is only joined: the agent may have forgotten it.
     */
    private CallReply ask(Endpoint<CallReply> request, boolean isBegun) {
        Endpoint<CallReply> again = isBegun ? request.query("join", true) : request;
        try {
            return client.perform(again);
        } catch (ConnectionException | RequestTimeoutException e) {
            if (!isBegun && !e.mayHaveBeenExecuted()) {
                throw e;
            }
            return reconnected(client, again, e);
        }
    }

    /** Repeats a request that failed until it succeeds, as long as the agent keeps what it is about. */
    static <T> T reconnected(Performer client, Endpoint<T> request, ClientException why) {
        try {
            return client.perform(request.until(reply -> true, RECONNECTION, reply -> {}));
        } catch (RequestTimeoutException late) {
            ConnectionException lost = new ConnectionException(executed(why), why);
            lost.addSuppressed(late);
            throw lost;
        }
    }

    /** Performs something that must be done also where the thread was interrupted; it stays so. */
    static <T extends @Nullable Object> T uninterrupted(Supplier<T> action) {
        boolean wasInterrupted = Thread.interrupted();
        try {
            return action.get();
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Failure executed(ClientException failure) {
        return failure.failure().mayHaveBeenExecuted(true);
    }

    /**
     * Ends an operation, and waits until nothing of it runs. Where the agent cannot be told, it ends the operation when
     * nobody has asked for its result for a while.
     *
     * @return how it ended; null when that is not known
     */
    private @Nullable CallReply end(Endpoint<CallReply> cancellation, Throwable why) {
        try {
            return uninterrupted(() -> {
                CallReply reply = client.perform(cancellation);
                while (reply != null && !reply.done()) {
                    reply = client.perform(cancellation);
                }
                return reply; // null where an earlier attempt has had the answer
            });
        } catch (ClientException | IllegalStateException e) {
            why.addSuppressed(e);
            return null;
        }
    }

    @SuppressWarnings("NullAway") // null is the one value of Void
    private static <R extends @Nullable Object> R result(CallReply reply, Class<R> type) {
        CallFailure failure = reply.failure();
        if (failure != null) {
            throw failure.exception();
        }
        Object result = reply.result();
        if (type == Void.class) {
            return null;
        }
        try {
            if (result != null) {
                return Json.convert(result, type);
            }
        } catch (UnreadableJsonException e) {
            throw unreadable(type, e);
        }
        throw unreadable(type, null);
    }

    private static UnexpectedResponseException unreadable(Class<?> type, @Nullable UnreadableJsonException why) {
        String text = "the agent's result is not a " + type.getSimpleName();
        return new UnexpectedResponseException(
                Failure.of(502, why == null ? text : text + ": " + why.getMessage())
                        .attempts(1)
                        .mayHaveBeenExecuted(true),
                why);
    }

    static WorkspaceLostException lost(String workspace, NotFoundException why) {
        return new WorkspaceLostException(
                why.failure()
                        .message(
                                "the agent has no workspace " + workspace
                                        + " any more: it was closed, or not used for its idle timeout, or the agent was restarted"),
                why);
    }
}

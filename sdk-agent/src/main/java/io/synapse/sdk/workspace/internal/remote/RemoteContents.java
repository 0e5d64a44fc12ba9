package io.synapse.sdk.workspace.internal.remote;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Performer;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contents of any length on their way to or from an agent, which keeps them in files until they are used (wire/agent.md,
 * section 7). They are sent in pieces, each a request that can be repeated, so that no slow or broken connection holds up
 * the container, and none of them is in memory as a whole.
 */
final class RemoteContents {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteContents.class);
    private static final String CONTENT = "workspaces/{}/contents/{}/";
    private static final int PIECE = 1 << 20;
    private static final int GONE = 410;
    private static final int DISK_FULL = 507;

    private final Performer client;
    private final String workspace;

    RemoteContents(Performer client, String workspace) {
        this.client = client;
        this.workspace = workspace;
    }

    /** Uses a content of this key, which the agent forgets afterwards. */
    <R> R with(Function<String, R> use) {
        String key = UUID.randomUUID().toString();
        try {
            return use.apply(key);
        } catch (NotFoundException e) {
            throw RemoteCalls.lost(workspace, e);
        } catch (WorkspaceException e) {
            throw e;
        } catch (ClientException e) {
            throw switch (e.statusCode()) {
                case DISK_FULL -> new WorkspaceException(Reason.NO_SPACE, e.failure(), e);
                case GONE -> new WorkspaceException(Reason.OTHER, e.failure(), e);
                default -> e;
            };
        } finally {
            forget(key);
        }
    }

    /** Sends a content to its end; an empty one too. */
    void send(String key, InputStream content) throws IOException {
        long offset = 0;
        byte[] piece = new byte[PIECE];
        int length = content.readNBytes(piece, 0, PIECE);
        do {
            byte[] bytes = length == PIECE ? piece : Arrays.copyOf(piece, length);
            perform(Endpoint.put(CONTENT, ResponseType.text(), workspace, key)
                    .query("offset", offset)
                    .bytes("application/octet-stream", bytes));
            offset += length;
            length = content.readNBytes(piece, 0, PIECE);
        } while (length > 0);
    }

    /** Fetches a content of this size. */
    void fetch(String key, long size, OutputStream target) {
        for (long offset = 0; offset < size; ) {
            byte[] piece = perform(Endpoint.get(CONTENT, ResponseType.bytes(), workspace, key)
                    .query("offset", offset)
                    .query("length", Math.min(PIECE, size - offset)));
            if (piece.length == 0) {
                throw new WorkspaceException(Reason.OTHER, "the agent gave " + offset + " bytes of " + size);
            }
            try {
                target.write(piece);
            } catch (IOException e) {
                throw new WorkspaceException(Reason.OTHER, "the content cannot be written: " + e.getMessage(), e);
            }
            offset += piece.length;
        }
    }

    /** Where the agent cannot be told, it forgets what is not used for a while. */
    private void forget(String key) {
        try {
            RemoteCalls.uninterrupted(() -> client.perform(Endpoint.delete(CONTENT, workspace, key)));
        } catch (ClientException | IllegalStateException e) {
            LOG.debug("the agent cannot be told to forget {}", key, e);
        }
    }

    private <T> T perform(Endpoint<T> piece) {
        try {
            return client.perform(piece);
        } catch (ConnectionException | RequestTimeoutException e) {
            return RemoteCalls.reconnected(client, piece, e);
        }
    }
}

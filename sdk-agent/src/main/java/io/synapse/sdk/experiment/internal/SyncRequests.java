package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.experiment.SyncPart;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests about files of workers that both dialects send (wire/experiments.md, section 8). */
public final class SyncRequests {
    private SyncRequests() {}

    /** Which files the server has. */
    public static Endpoint<Map<String, @Nullable Object>> status(String uid) {
        return Endpoint.get("api/sync/status/{}", ResponseType.object(), uid);
    }

    static Endpoint<Map<String, @Nullable Object>> request(SyncPart part) {
        Endpoint<Map<String, @Nullable Object>> request = Endpoint.post(
                "api/sync/{}/{}/{}",
                ResponseType.object(),
                part.target().value(),
                part.experimentUid(),
                part.fileName());
        return part.contentHash() == null ? request : request.header("X-Content-Hash", part.contentHash());
    }
}

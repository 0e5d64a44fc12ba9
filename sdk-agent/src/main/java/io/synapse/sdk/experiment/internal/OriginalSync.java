package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.ConflictException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.Operation;
import io.synapse.sdk.RequestContent;
import io.synapse.sdk.experiment.SyncConflictException;
import io.synapse.sdk.experiment.SyncPart;
import io.synapse.sdk.experiment.SyncReply;
import io.synapse.sdk.experiment.SyncStatus;
import io.synapse.sdk.experiment.SyncTarget;
import io.synapse.sdk.experiment.SyncedFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies parts of files to the original, which knows no offsets: it appends what it gets to logs and CSV files, as often as
 * it gets it, and replaces others (wire/experiments.md, section 8). So the client asks first what the server has.
 */
final class OriginalSync {
    private OriginalSync() {}

    static Operation<SyncReply> send(ExperimentDialect dialect, SyncPart part) {
        return isAppended(part) ? append(dialect, part) : replace(dialect, part);
    }

    private static boolean isAppended(SyncPart part) {
        return part.fileName().endsWith(part.target().equals(SyncTarget.RUN) ? ".csv" : ".log");
    }

    private static Operation<SyncReply> append(ExperimentDialect dialect, SyncPart part) {
        if (part.total() != null) {
            throw OriginalDialect.unsupported("replace a log or a CSV file: send it under another name");
        }
        return file(dialect, part).then(known -> {
            boolean isThere = part.offset() == 0
                    && known.size() == part.length()
                    && known.hash() != null
                    && known.hash().equals(part.contentHash());
            boolean continues = known.size() == part.offset()
                    && (known.size() == 0
                            || known.hash() != null && known.hash().equals(part.prefixHash()));
            if (isThere) {
                return Operation.of(taken(known));
            }
            if (!continues) {
                throw new SyncConflictException(conflict(part, known));
            }
            return appendTo(dialect, part);
        });
    }

    /** Sent again after a lost reply only if the file is as long as before. */
    private static Operation<SyncReply> appendTo(ExperimentDialect dialect, SyncPart part) {
        Endpoint<Map<String, @Nullable Object>> request = request(part);
        Operation<Optional<Map<String, @Nullable Object>>> lookup = file(dialect, part)
                .map(now -> {
                    if (now.size() == part.offset() + part.length()) {
                        return Optional.of(Map.of("data", Map.of("bytes_synced", part.length())));
                    }
                    if (now.size() != part.offset()) {
                        throw new ConflictException(conflict(part, now));
                    }
                    return Optional.empty();
                });
        return request.verifiedBy(lookup)
                .map(answer -> dialect.answers().read(request, answer, SyncReply.class))
                .recover(ConflictException.class, conflict -> {
                    throw new SyncConflictException(conflict.failure());
                });
    }

    private static Operation<SyncReply> replace(ExperimentDialect dialect, SyncPart part) {
        boolean isWhole = part.offset() == 0 && (part.total() == null || part.total() == part.length());
        if (!isWhole) {
            throw OriginalDialect.unsupported("take this file in parts: send it as a whole");
        }
        return dialect.ask(request(part).idempotent(), SyncReply.class);
    }

    private static Endpoint<Map<String, @Nullable Object>> request(SyncPart part) {
        return SyncRequests.request(part)
                .multipart(RequestContent.Multipart.empty().file("delta", part.fileName(), part.content()));
    }

    private static Operation<SyncedFile> file(ExperimentDialect dialect, SyncPart part) {
        return dialect.ask(SyncRequests.status(part.experimentUid()), SyncStatus.class)
                .map(status -> {
                    SyncedFile file = (part.target().equals(SyncTarget.RUN) ? status.files() : status.experimentFiles())
                            .get(part.fileName());
                    return file == null ? new SyncedFile(false, 0, null, null, null, Map.of()) : file;
                });
    }

    private static SyncReply taken(SyncedFile known) {
        return new SyncReply(null, 0L, known.size(), known.hash(), Map.of());
    }

    private static Failure conflict(SyncPart part, SyncedFile known) {
        Map<String, @Nullable Object> detail = new LinkedHashMap<>();
        detail.put("size", known.size());
        detail.put("hash", known.hash());
        return Failure.of(
                        409,
                        "the server has other bytes of " + part.fileName() + ": it has " + known.size()
                                + ", and the part begins at " + part.offset())
                .detail(detail);
    }
}

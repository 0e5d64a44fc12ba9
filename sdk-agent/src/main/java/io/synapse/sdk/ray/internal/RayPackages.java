package io.synapse.sdk.ray.internal;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.job.WorkingDirectory;
import io.synapse.sdk.ray.internal.upload.FolderArchive;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Uploads working directories to Ray's package store (wire/ray.md, section 1). */
final class RayPackages {
    /** For 100 MiB over a slow connection; Ray deletes an unused package after 10 minutes. */
    private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(10);

    /** The time that the head node may need to store a package. */
    private static final Duration STORE_TIMEOUT = Duration.ofMinutes(1);

    private static final int TOO_LARGE = 413;

    private RayPackages() {}

    /**
     * The submission with its working directory uploaded, if it has one. A request is sent first: it fails early if the
     * cluster is unreachable, and the folder is then packed on the thread that performs the operation, which for an
     * asynchronous client is not the caller's.
     */
    static Operation<JobSubmission> uploaded(JobSubmission submission) {
        WorkingDirectory folder = submission.workingDirectory();
        return folder == null
                ? Operation.of(submission)
                : Endpoint.get("api/version", ResponseType.object())
                        .then(version -> upload(folder))
                        .map(uri -> submission
                                .workingDirectory((WorkingDirectory) null)
                                .workingDir(uri));
    }

    private static Operation<String> upload(WorkingDirectory folder) {
        FolderArchive archive = FolderArchive.of(folder);
        String path = "api/packages/gcs/" + archive.name();
        Operation<Boolean> exists = Endpoint.get(path, ResponseType.nothing())
                .map(found -> true)
                .recover(NotFoundException.class, missing -> false);
        return exists.then(found -> found ? Operation.nothing() : put(path, archive))
                .map(stored -> "gcs://" + archive.name())
                .doFinally(archive::close);
    }

    private static Operation<@Nullable Void> put(String path, FolderArchive archive) {
        return Endpoint.put(path, ResponseType.nothing())
                .file(archive.file())
                .header("Content-Type", "application/octet-stream")
                .readTimeout(STORE_TIMEOUT)
                .callTimeout(UPLOAD_TIMEOUT)
                .recover(ClientException.class, RayPackages::explained);
    }

    /** A proxy in front of Ray may have a lower limit than Ray. */
    private static @Nullable Void explained(ClientException failure) {
        if (failure.statusCode() != TOO_LARGE) {
            throw failure;
        }
        throw new BadRequestException(failure.failure()
                .message("the working directory is too large for the server, or for a proxy in front of it: "
                        + failure.getMessage() + "; exclude what the job does not need"));
    }
}

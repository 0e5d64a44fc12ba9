package io.synapse.sdk.docker.internal;

import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ResponseItem;
import org.jspecify.annotations.Nullable;

/** The output of the engine while it builds or pulls an image. */
final class EngineOutput<T extends ResponseItem> extends ResultCallbackTemplate<EngineOutput<T>, T> {
    private final Progress progress;
    private volatile @Nullable String error;

    EngineOutput(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void onNext(T item) {
        ResponseItem.ErrorDetail detail = item.getErrorDetail();
        if (detail != null) {
            error = detail.getMessage();
        } else if (item.getStream() != null) {
            progress.output(item.getStream());
        } else if (item.getStatus() != null && item.getProgressDetail() == null) {
            // Without the progress of single layers, which is some hundred lines a second.
            progress.output(item.getStatus() + "\n");
        }
    }

    /**
     * Waits for the end. When we stop listening, the engine stops its work: so does an interrupt.
     *
     * @return what went wrong there; null when nothing did
     */
    @Nullable
    String awaitEnd() throws InterruptedException {
        try {
            awaitCompletion();
        } catch (DockerException e) {
            error = e.getMessage();
        }
        return error;
    }
}

package io.synapse.sdk.embedded.internal.container;

import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ResponseItem;
import org.jspecify.annotations.Nullable;

/** What the engine says while it builds or pulls an image, written into the log of the build. */
final class EngineOutput<T extends ResponseItem> extends ResultCallbackTemplate<EngineOutput<T>, T> {
    private final BuildLog log;
    private volatile @Nullable String error;

    EngineOutput(BuildLog log) {
        this.log = log;
    }

    @Override
    public void onNext(T item) {
        ResponseItem.ErrorDetail detail = item.getErrorDetail();
        if (detail != null) {
            error = detail.getMessage();
        } else if (item.getStream() != null) {
            log.write(item.getStream());
        } else if (item.getStatus() != null && item.getProgressDetail() == null) {
            // Without the progress of single layers, which is some hundred lines a second.
            log.say(item.getStatus());
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

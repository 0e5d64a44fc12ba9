package io.synapse.sdk.container;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.RequestContent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a container request (wire/agent.md, section 6): JSON, or a form if there is an archive. */
final class ContainerForm {
    private static final Duration RESTART_TIMEOUT = Duration.ofSeconds(60);

    private ContainerForm() {}

    /**
     * The endpoint with the request's body. The call has no total time limit, for the upload. Older agents build the
     * image before they respond, and all agents restart an existing container first. Without waiting, the request has
     * the preference {@code respond-async} of RFC 7240, for which the embedded agent responds at once.
     */
    static <T> Endpoint<T> in(Endpoint<T> endpoint, ContainerRequest request) {
        Duration build = request.buildTimeout();
        Endpoint<T> unlimited = endpoint.callTimeout(Duration.ZERO);
        return filled(
                build.isZero()
                        ? unlimited.readTimeout(RESTART_TIMEOUT).header("Prefer", "respond-async")
                        : unlimited.readTimeout(build),
                request);
    }

    private static <T> Endpoint<T> filled(Endpoint<T> endpoint, ContainerRequest request) {
        Path archive = request.archive();
        if (archive == null) {
            return endpoint.json(request.body());
        }
        RequestContent.Multipart form = RequestContent.Multipart.empty().onProgress(request.progress());
        for (Map.Entry<String, @Nullable Object> field : request.body().entrySet()) {
            form = with(form, field.getKey(), field.getValue());
        }
        return endpoint.multipart(form.file("file", archive));
    }

    /** In a form, an object is a JSON document, and a list is several fields with the same name. */
    private static RequestContent.Multipart with(RequestContent.Multipart form, String name, @Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            return form.json(name, value);
        }
        if (value instanceof List<?> elements) {
            RequestContent.Multipart all = form;
            for (Object element : elements) {
                all = all.field(name, element.toString());
            }
            return all;
        }
        return form.field(name, String.valueOf(value));
    }
}

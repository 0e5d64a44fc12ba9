package io.synapse.sdk.container;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.RequestContent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a container request goes over the wire (wire/agent.md, section 6): as JSON, or with an archive as a form. */
final class ContainerForm {
    private static final Duration LONGEST_RESTART = Duration.ofSeconds(60);

    private ContainerForm() {}

    /**
     * The endpoint with the request in it. Uploading takes as long as the network needs; older agents build the image
     * before they answer, and all of them stop and start a container that is there. To whoever does not want to wait,
     * our own agent answers at once, since RFC 7240 has a word for that.
     */
    static <T> Endpoint<T> in(Endpoint<T> endpoint, ContainerRequest request) {
        Duration build = request.buildTimeout();
        Endpoint<T> patient = endpoint.callTimeout(Duration.ZERO);
        return filled(
                build.isZero()
                        ? patient.readTimeout(LONGEST_RESTART).header("Prefer", "respond-async")
                        : patient.readTimeout(build),
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

    /** In a form, an object is a JSON document, and a list several fields of one name. */
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

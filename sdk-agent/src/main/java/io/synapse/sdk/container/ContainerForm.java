package io.synapse.sdk.container;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.RequestContent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
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
            return endpoint.json(fields(request));
        }
        RequestContent.Multipart form = RequestContent.Multipart.empty().onProgress(request.progress());
        for (Map.Entry<String, Object> field : fields(request).entrySet()) {
            form = with(form, field.getKey(), field.getValue());
        }
        return endpoint.multipart(form.file("file", archive));
    }

    /** Only what was given; but parameters are sent even when they are empty. */
    private static Map<String, Object> fields(ContainerRequest request) {
        Map<String, Object> fields = new LinkedHashMap<>();
        String release = request.pluginRelease();
        if (release != null) {
            fields.put("plugin_release", release);
            int at = release.lastIndexOf('@');
            if (at > 0) {
                fields.put("plugin", release.substring(0, at));
                fields.put("version", release.substring(at + 1));
            }
        }
        putPresent(fields, "action", request.action());
        putPresent(fields, "entrypoint", request.entrypoint());
        putPresent(fields, "model", request.model());
        putPresent(fields, "params", request.params());
        putPresent(fields, "envs", request.envs().isEmpty() ? null : request.envs());
        putPresent(fields, "metadata", request.metadata().isEmpty() ? null : request.metadata());
        putPresent(fields, "labels", request.labels().isEmpty() ? null : request.labels());
        putPresent(fields, "kind", request.kind());
        putPresent(fields, "backend_container_id", request.backendContainerId());
        return fields;
    }

    /** In a form, an object is a JSON document, and a list several fields of one name. */
    private static RequestContent.Multipart with(RequestContent.Multipart form, String name, Object value) {
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
        return form.field(name, value.toString());
    }

    private static void putPresent(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}

package io.synapse.sdk.experiments.internal.component;

import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.file.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the active versions of components tell of themselves. Thread-safe. */
public final class ComponentCatalog {
    private final Components components;

    /** Of these components. */
    public ComponentCatalog(Components components) {
        this.components = components;
    }

    /** The source of the active version. */
    public Optional<PythonSource> source(ComponentPath path) {
        return components.active(path).map(version -> PythonSource.of(version.content()));
    }

    /** Which categories it has components of. */
    public List<String> categories() {
        return components.categories();
    }

    /** A component with its description and parameters; empty when none is active. */
    public Optional<Map<String, @Nullable Object>> details(ComponentPath path) {
        return components.active(path).map(ComponentCatalog::details);
    }

    private static Map<String, @Nullable Object> details(ComponentVersion version) {
        PythonSource source = PythonSource.of(version.content());
        ComponentPath path = version.path();
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        Map<String, @Nullable Object> standards = new LinkedHashMap<>();
        source.parameters().forEach((name, parameter) -> {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("required", parameter.standard() == null);
            fields.put("type", parameter.type());
            fields.put("default", parameter.standard());
            parameters.put(name, fields);
            if (parameter.standard() != null) {
                standards.put(name, parameter.standard());
            }
        });
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("name", path.name());
        details.put("type", path.category());
        details.put("path", path.toString());
        details.put("hash", version.hash());
        details.put("description", source.description());
        details.put("parameters", parameters);
        details.put(
                "examples",
                List.of(Map.of(
                        "name", "example_" + path.name(),
                        "type", path.category() + "." + path.name(),
                        "params", standards)));
        return details;
    }

    /**
     * The components of a config.
     *
     * @param parts the name of a component, or of several, by category
     * @throws Failure 404 for one of which no version is active
     */
    public Map<String, Object> bundle(Map<String, List<String>> parts) {
        List<Map<String, @Nullable Object>> files = new ArrayList<>();
        ContentHash all = ContentHash.empty();
        long size = 0;
        for (Map.Entry<String, List<String>> part : parts.entrySet()) {
            for (String name : part.getValue()) {
                ComponentPath path = ComponentPath.parse(part.getKey() + "/" + name);
                ComponentVersion version = components
                        .active(path)
                        .orElseThrow(() -> Failure.plain(404, "Component '" + path + "' not found"));
                byte[] content = version.content().getBytes(StandardCharsets.UTF_8);
                all.add(content, 0, content.length);
                size += content.length;
                files.add(details(version));
            }
        }
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("files", files);
        bundle.put("total_size", size);
        bundle.put("total_hash", all.value());
        return bundle;
    }
}

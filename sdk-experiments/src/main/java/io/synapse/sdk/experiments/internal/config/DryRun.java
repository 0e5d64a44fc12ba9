package io.synapse.sdk.experiments.internal.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.Names;
import io.synapse.sdk.experiments.internal.component.ComponentCall;
import io.synapse.sdk.experiments.internal.component.ComponentCatalog;
import io.synapse.sdk.experiments.internal.component.ComponentPath;
import io.synapse.sdk.experiments.internal.component.PythonSource;
import io.synapse.sdk.experiments.internal.config.ConfigNode.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what a config would do, without running it: its runs, and what can be told to be wrong without Python
 * (wire/experiments.md, section 6). Parameters that a component reads from the config while it runs are not seen.
 */
public final class DryRun {
    private static final int MAX_RUNS = 100;

    /** Of the runs in one answer, in characters of JSON. */
    private static final int MAX_CHARACTERS = 1 << 20;

    private static final int MAX_ERRORS = 100;
    private static final List<String> EPOCHS = List.of("epochs", "num_epochs", "max_epochs");

    private final ComponentCatalog catalog;
    private final DeviceFit devices;

    /** With these components and devices. */
    public DryRun(ComponentCatalog catalog, DeviceFit devices) {
        this.catalog = catalog;
        this.devices = devices;
    }

    /**
     * Checks a config.
     *
     * @param submission what else would be submitted with it
     * @return {@code valid, errors, warnings, count, runs, grid}
     * @throws Failure 400 when the config is larger than a server takes
     */
    public Map<String, Object> check(String text, ObjectNode submission) {
        try {
            return new Check(Config.parse(text)).result(submission);
        } catch (ConfigException e) {
            if (e.isTooLarge()) {
                throw Failure.plain(400, "the config cannot be used: " + e.getMessage());
            }
            return document(List.of(e.problem()), List.of(), 0, List.of(), List.of());
        }
    }

    /** Whether nothing is wrong by what {@link #check} answered. */
    public static boolean isValid(Map<String, Object> result) {
        return Boolean.TRUE.equals(result.get("valid"));
    }

    private static Map<String, Object> document(
            List<ConfigProblem> errors, List<ConfigProblem> warnings, int count, List<?> runs, List<?> grid) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("valid", errors.isEmpty());
        document.put("errors", errors);
        document.put("warnings", warnings);
        document.put("count", count);
        document.put("runs", runs);
        document.put("grid", grid);
        return document;
    }

    /** The check of one config. */
    private final class Check {
        private final Config config;
        private final Grid grid;
        private final Set<ConfigProblem> errors = new LinkedHashSet<>();
        private final List<ConfigProblem> warnings;
        private final Map<String, Optional<PythonSource>> sources = new HashMap<>();
        private final List<String> categories = catalog.categories();

        Check(Config config) {
            this.config = config;
            grid = config.grid();
            warnings = new ArrayList<>(config.warnings());
        }

        Map<String, Object> result(ObjectNode submission) {
            checkProject();
            checkEpochs();
            checkComponents();
            devices.problem(submission).ifPresent(problem -> errors.add(new ConfigProblem("", 1, problem)));
            List<Object> runs = new ArrayList<>();
            List<Object> coordinates = new ArrayList<>();
            int characters = 0;
            for (int i = 0; i < Math.min(config.count(), MAX_RUNS); i++) {
                Map<String, @Nullable Object> run = config.run(i);
                characters += Json.text(run).length();
                if (characters > MAX_CHARACTERS) {
                    break;
                }
                runs.add(run);
                coordinates.add(config.coordinates(i));
            }
            List<ConfigProblem> first = errors.stream().limit(MAX_ERRORS).toList();
            return document(first, warnings, config.count(), runs, coordinates);
        }

        private void checkProject() {
            for (Scalar project : scalars("project")) {
                if (!(project.value() instanceof String name)) {
                    error("project", project, "the name of a project is text; quote it");
                    continue;
                }
                try {
                    Names.checked("project", name);
                } catch (Failure e) {
                    error("project", project, String.valueOf(e.getMessage()));
                }
            }
        }

        private void checkEpochs() {
            for (String key : EPOCHS) {
                for (Scalar epochs : scalars(key)) {
                    if (!(epochs.value() instanceof Long number) || number < 1) {
                        error(key, epochs, "is a whole number from 1");
                    }
                }
            }
        }

        private void checkComponents() {
            if (grid.values().keySet().stream().noneMatch(key -> category(key).equals("agent"))) {
                warnings.add(new ConfigProblem("agent", 1, "a config names its agent"));
            }
            for (String key : grid.values().keySet()) {
                String category = category(key);
                if (!ComponentPath.CATEGORIES.contains(category) || !isNamesOnly(category)) {
                    continue;
                }
                if (!categories.contains(category)) {
                    warnings.add(new ConfigProblem(
                            key, grid.line(key), "no " + category + " is known here, so its name is not checked"));
                    continue;
                }
                scalars(key).forEach(value -> checkComponent(category, key, value));
            }
        }

        /** A mapping with other values than text has settings, and what in it names a component is not known. */
        private boolean isNamesOnly(String category) {
            return grid.values().entrySet().stream()
                    .filter(entry -> category(entry.getKey()).equals(category))
                    .flatMap(entry -> entry.getValue().stream())
                    .allMatch(value -> value instanceof Scalar scalar && scalar.value() instanceof String);
        }

        private void checkComponent(String category, String key, Scalar value) {
            try {
                for (ComponentCall call : ComponentCall.parse(String.valueOf(value.value()))) {
                    checkCall(category, key, value, call);
                }
            } catch (IllegalArgumentException e) {
                error(key, value, String.valueOf(e.getMessage()));
            }
        }

        private void checkCall(String category, String key, Scalar value, ComponentCall call) {
            Optional<PythonSource> source = sources.computeIfAbsent(
                    category + "/" + call.name(),
                    path -> ComponentPath.find(path).flatMap(catalog::source));
            if (source.isEmpty()) {
                error(key, value, "there is no " + category + " " + call.name());
                return;
            }
            List<String> missing = new ArrayList<>(call.missing(source.get()));
            missing.removeIf(grid.values()::containsKey);
            if (!missing.isEmpty()) {
                error(key, value, call.name() + " needs " + String.join(", ", missing));
            }
        }

        private List<Scalar> scalars(String key) {
            return grid.values().getOrDefault(key, List.of()).stream()
                    .filter(Scalar.class::isInstance)
                    .map(Scalar.class::cast)
                    .toList();
        }

        private void error(String key, ConfigNode value, String message) {
            errors.add(new ConfigProblem(key, value.line(), message));
        }
    }

    private static String category(String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(0, dot);
    }
}

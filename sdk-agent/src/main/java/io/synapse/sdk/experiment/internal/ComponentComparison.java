package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.Operation;
import io.synapse.sdk.experiment.ComponentConflict;
import io.synapse.sdk.experiment.ComponentSummary;
import io.synapse.sdk.experiment.ComponentVersion;
import io.synapse.sdk.experiment.ConflictType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares the components of a folder with those of a server: by what the server knows, so that clocks do not matter
 * (wire/experiments.md, section 7).
 */
public final class ComponentComparison {
    private final ExperimentDialect dialect;
    private final Map<String, String> active = new LinkedHashMap<>();
    private final List<ComponentConflict> conflicts = new ArrayList<>();

    private ComponentComparison(ExperimentDialect dialect) {
        this.dialect = dialect;
    }

    /**
     * How they differ.
     *
     * @param local the hash of each local file, by path
     * @param known the components of the server
     */
    public static Operation<List<ComponentConflict>> of(
            ExperimentDialect dialect, Map<String, String> local, List<ComponentSummary> known) {
        ComponentComparison comparison = new ComponentComparison(dialect);
        for (ComponentSummary component : known) {
            if (component.path() != null) {
                String hash = component.activeHash() == null ? "" : component.activeHash();
                comparison.active.put(component.path(), hash);
                if (!local.containsKey(component.path())) {
                    comparison.add(component.path(), ConflictType.SERVER_ONLY, null);
                }
            }
        }
        return comparison.compare(local.entrySet().iterator());
    }

    private Operation<List<ComponentConflict>> compare(Iterator<Map.Entry<String, String>> local) {
        while (local.hasNext()) {
            Map.Entry<String, String> file = local.next();
            String path = file.getKey();
            String hash = file.getValue();
            if (!active.containsKey(path)) {
                add(path, ConflictType.LOCAL_ONLY, hash);
            } else if (!hash.equals(active.get(path))) {
                return dialect.askList(
                                ComponentVersions.of(ExperimentNames.component(path), false), ComponentVersion.class)
                        .then(versions -> {
                            boolean isKnown = versions.stream().anyMatch(version -> hash.equals(version.hash()));
                            add(path, isKnown ? ConflictType.SERVER_NEWER : ConflictType.LOCAL_NEWER, hash);
                            return compare(local);
                        });
            }
        }
        return Operation.of(List.copyOf(conflicts));
    }

    private void add(String path, ConflictType type, @Nullable String localHash) {
        conflicts.add(new ComponentConflict(path, type, localHash, active.get(path), Map.of()));
    }
}

package io.synapse.sdk.ray.internal;

import io.synapse.sdk.serve.ApplicationStatus;
import io.synapse.sdk.serve.ServeApplication;
import io.synapse.sdk.serve.ServeApplicationConfig;
import io.synapse.sdk.serve.ServeChanges;
import io.synapse.sdk.serve.ServeConfig;
import io.synapse.sdk.serve.ServeStatus;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares a configuration with the current status. */
final class ServeComparison {
    private ServeComparison() {}

    static ServeChanges of(ServeStatus now, ServeConfig config) {
        Set<String> added = new TreeSet<>();
        Set<String> changed = new TreeSet<>();
        Set<String> unchanged = new TreeSet<>();
        for (ServeApplicationConfig wanted : config.applications()) {
            Set<String> kind = !exists(wanted.name(), now) ? added : isConfiguredAs(wanted, now) ? unchanged : changed;
            kind.add(wanted.name());
        }
        Set<String> removed = new TreeSet<>();
        Set<String> untouched = new TreeSet<>();
        now.applications().forEach((name, application) -> {
            boolean wanted = config.applications().stream()
                    .anyMatch(other -> other.name().equals(name));
            if (!wanted && exists(name, now)) {
                (application.hasConfiguration() ? removed : untouched).add(name);
            }
        });
        return new ServeChanges(added, changed, unchanged, removed, untouched);
    }

    /** Whether an application exists and is not being deleted. */
    static boolean exists(String name, ServeStatus now) {
        ServeApplication application = now.applications().get(name);
        return application != null && !ApplicationStatus.DELETING.equals(application.status());
    }

    private static boolean isConfiguredAs(ServeApplicationConfig wanted, ServeStatus now) {
        return ServeConfig.from(now).applications().stream()
                .anyMatch(there -> areSame(wanted.properties(), there.properties()));
    }

    /** Compares JSON values: 1 and 1.0 are equal. */
    private static boolean areSame(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
            return map.keySet().equals(otherMap.keySet())
                    && map.keySet().stream().allMatch(key -> areSame(map.get(key), otherMap.get(key)));
        }
        if (one instanceof List<?> list && other instanceof List<?> otherList) {
            Iterator<?> others = otherList.iterator();
            return list.size() == otherList.size()
                    && list.stream().allMatch(element -> areSame(element, others.next()));
        }
        if (one instanceof Number number && other instanceof Number otherNumber) {
            return number.doubleValue() == otherNumber.doubleValue();
        }
        return one == null ? other == null : one.equals(other);
    }
}

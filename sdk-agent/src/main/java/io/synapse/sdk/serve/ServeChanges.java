package io.synapse.sdk.serve;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The changes that a configuration makes on a cluster. The name of each current or future application is in exactly one
 * of these sets. An application that is being deleted counts as deleted. Immutable.
 *
 * @param added new applications
 * @param changed those whose configuration differs, and those deployed from Python that the configuration replaces. A
 *     value that the server normalizes counts as a change too
 * @param unchanged those with the same configuration. They keep their replicas; a failed deployment is tried again
 * @param removed those that the configuration does not contain and therefore deletes
 * @param untouched those deployed from Python, which no configuration deletes
 */
public record ServeChanges(
        Set<String> added, Set<String> changed, Set<String> unchanged, Set<String> removed, Set<String> untouched) {
    /** Copies the sets in alphabetical order. */
    public ServeChanges {
        added = sorted(added);
        changed = sorted(changed);
        unchanged = sorted(unchanged);
        removed = sorted(removed);
        untouched = sorted(untouched);
    }

    private static Set<String> sorted(Set<String> names) {
        return Collections.unmodifiableSet(new TreeSet<>(names));
    }
}

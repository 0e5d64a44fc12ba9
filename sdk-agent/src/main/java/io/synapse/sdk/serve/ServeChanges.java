package io.synapse.sdk.serve;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a configuration changes on a cluster: the name of each application that is there or is to be there, in exactly
 * one of these. One that is being deleted is there no more. Immutable.
 *
 * @param added new ones
 * @param changed those whose configuration is another one, and those from Python that the configuration takes over. A
 *     value that the server keeps in another form than it was sent in looks like a change too
 * @param unchanged those that have the same configuration already. They keep their replicas; one that could not be
 *     deployed is tried again
 * @param removed those that the configuration lacks, and that it therefore deletes
 * @param untouched those deployed from Python, which no configuration deletes
 */
public record ServeChanges(
        Set<String> added, Set<String> changed, Set<String> unchanged, Set<String> removed, Set<String> untouched) {
    /** Keeps copies, in the order of the alphabet. */
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

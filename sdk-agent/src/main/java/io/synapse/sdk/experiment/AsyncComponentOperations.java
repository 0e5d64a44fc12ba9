package io.synapse.sdk.experiment;

import io.synapse.sdk.AsyncPerformer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous twin of {@link ComponentOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncComponentOperations extends AsyncPerformer {
    /** Asynchronous twin of {@link ComponentOperations#listComponents()}. */
    default CompletableFuture<List<ComponentSummary>> listComponents() {
        return perform(ComponentEndpoints.list());
    }

    /** Asynchronous twin of {@link ComponentOperations#listComponents(String)}. */
    default CompletableFuture<List<ComponentSummary>> listComponents(String category) {
        return perform(ComponentEndpoints.list(category));
    }

    /** Asynchronous twin of {@link ComponentOperations#listComponentVersions}. */
    default CompletableFuture<List<ComponentVersion>> listComponentVersions(String path, boolean withContent) {
        return perform(ComponentEndpoints.versions(path, withContent));
    }

    /** Asynchronous twin of {@link ComponentOperations#getComponentVersion}. */
    default CompletableFuture<ComponentVersion> getComponentVersion(String hash) {
        return perform(ComponentEndpoints.version(hash));
    }

    /** Asynchronous twin of {@link ComponentOperations#uploadComponent}. */
    default CompletableFuture<ComponentVersion> uploadComponent(String path, String content, boolean activate) {
        return perform(ComponentEndpoints.upload(path, content, activate));
    }

    /** Asynchronous twin of {@link ComponentOperations#activateComponent}. */
    default CompletableFuture<ComponentVersion> activateComponent(String path, String hash) {
        return perform(ComponentEndpoints.activate(path, hash));
    }

    /** Asynchronous twin of {@link ComponentOperations#diffComponents}. */
    default CompletableFuture<ComponentDiff> diffComponents(String fromHash, String toHash) {
        return perform(ComponentEndpoints.diff(fromHash, toHash));
    }

    /** Asynchronous twin of {@link ComponentOperations#scanComponents}. */
    default CompletableFuture<ScanReport> scanComponents() {
        return perform(ComponentEndpoints.scan());
    }

    /** Asynchronous twin of {@link ComponentOperations#compareComponents}. */
    default CompletableFuture<List<ComponentConflict>> compareComponents(Map<String, String> local) {
        return perform(ComponentEndpoints.compare(local));
    }

    /** Asynchronous twin of {@link ComponentOperations#listComponentConflicts}. */
    default CompletableFuture<List<ComponentConflict>> listComponentConflicts() {
        return perform(ComponentEndpoints.conflicts());
    }

    /** Asynchronous twin of {@link ComponentOperations#resolveComponentConflict}. */
    default CompletableFuture<ComponentResolution> resolveComponentConflict(
            String path, ConflictResolution resolution) {
        return perform(ComponentEndpoints.resolve(path, resolution));
    }

    /** Asynchronous twin of {@link ComponentOperations#getManifest}. */
    default CompletableFuture<ComponentManifest> getManifest(String uid) {
        return perform(ComponentEndpoints.manifest(uid));
    }

    /** Asynchronous twin of {@link ComponentOperations#saveManifest}. */
    default CompletableFuture<@Nullable Void> saveManifest(String uid, Map<String, String> components) {
        return perform(ComponentEndpoints.saveManifest(uid, components));
    }

    /** Asynchronous twin of {@link ComponentOperations#getComponentDetails}. */
    default CompletableFuture<ComponentDetails> getComponentDetails(String path) {
        return perform(ComponentEndpoints.details(path));
    }

    /** Asynchronous twin of {@link ComponentOperations#validateComponent}. */
    default CompletableFuture<ComponentCheck> validateComponent(String path, Map<String, @Nullable Object> parameters) {
        return perform(ComponentEndpoints.validate(path, parameters));
    }

    /** Asynchronous twin of {@link ComponentOperations#getComponentBundle}. */
    default CompletableFuture<ComponentBundle> getComponentBundle(String agent, Map<String, String> components) {
        return perform(ComponentEndpoints.bundle(agent, components));
    }
}

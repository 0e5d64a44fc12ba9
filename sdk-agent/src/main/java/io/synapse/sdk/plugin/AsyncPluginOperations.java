package io.synapse.sdk.plugin;

import io.synapse.sdk.AsyncPerformer;
import io.synapse.sdk.Page;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous twin of {@link PluginOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncPluginOperations extends AsyncPerformer {
    /** Asynchronous twin of {@link PluginOperations#listPluginReleases}. */
    default CompletableFuture<Page<PluginRelease>> listPluginReleases() {
        return perform(PluginEndpoints.page());
    }

    /** Asynchronous twin of {@link PluginOperations#listAllPluginReleases}. */
    default CompletableFuture<List<PluginRelease>> listAllPluginReleases() {
        return perform(PluginEndpoints.allCollected());
    }

    /** Asynchronous twin of {@link PluginOperations#getPluginRelease}. */
    default CompletableFuture<PluginRelease> getPluginRelease(String lookup) {
        return perform(PluginEndpoints.get(lookup));
    }

    /** Asynchronous twin of {@link PluginOperations#createPluginRelease}. */
    default CompletableFuture<PluginRelease> createPluginRelease(String plugin, String version) {
        return perform(PluginEndpoints.create(plugin, version));
    }

    /** Asynchronous twin of {@link PluginOperations#deletePluginRelease}. */
    default CompletableFuture<@Nullable Void> deletePluginRelease(String lookup) {
        return perform(PluginEndpoints.delete(lookup));
    }

    /** Asynchronous twin of {@link PluginOperations#runPluginRelease}. */
    default CompletableFuture<PluginRun> runPluginRelease(String lookup, PluginRunRequest request) {
        return perform(PluginEndpoints.run(lookup, request));
    }

    /** Asynchronous twin of {@link PluginOperations#runDebugPluginRelease}. */
    default CompletableFuture<PluginRun> runDebugPluginRelease(PluginDebugRequest request) {
        return perform(PluginEndpoints.runDebug(request));
    }
}

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
    /** The first page of the releases. */
    default CompletableFuture<Page<PluginRelease>> listPluginReleases() {
        return perform(PluginEndpoints.page());
    }

    /** All releases, of all pages. */
    default CompletableFuture<List<PluginRelease>> listAllPluginReleases() {
        return perform(PluginEndpoints.allCollected());
    }

    /**
     * One release.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default CompletableFuture<PluginRelease> getPluginRelease(String lookup) {
        return perform(PluginEndpoints.get(lookup));
    }

    /** Makes a release known to the agent. */
    default CompletableFuture<PluginRelease> createPluginRelease(String plugin, String version) {
        return perform(PluginEndpoints.create(plugin, version));
    }

    /** Removes a release from the agent. */
    default CompletableFuture<@Nullable Void> deletePluginRelease(String lookup) {
        return perform(PluginEndpoints.delete(lookup));
    }

    /**
     * Runs an action of a release. Waits as long as the request allows, 300 s by default.
     *
     * @throws io.synapse.sdk.GpuUnavailableException when there is not enough GPU
     * @throws io.synapse.sdk.RequestTimeoutException when it takes longer; it may go on all the same
     */
    default CompletableFuture<PluginRun> runPluginRelease(String lookup, PluginRunRequest request) {
        return perform(PluginEndpoints.run(lookup, request));
    }

    /** Runs an action from its source, without a release. Waits as long as the request allows, 300 s by default. */
    default CompletableFuture<PluginRun> runDebugPluginRelease(PluginDebugRequest request) {
        return perform(PluginEndpoints.runDebug(request));
    }
}

package io.synapse.sdk.plugin;

import io.synapse.sdk.Page;
import io.synapse.sdk.PagedList;
import io.synapse.sdk.Performer;

/**
 * Plugin releases, and running their actions. A lookup is the id of a release or {@code code@version}.
 */
public interface PluginOperations extends Performer {
    /** The first page of the releases. */
    default Page<PluginRelease> listPluginReleases() {
        return perform(PluginEndpoints.page());
    }

    /** All releases, fetched page by page while they are walked. */
    default PagedList<PluginRelease> listAllPluginReleases() {
        return new PagedList<>(this, PluginEndpoints.all());
    }

    /**
     * One release.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default PluginRelease getPluginRelease(String lookup) {
        return perform(PluginEndpoints.get(lookup));
    }

    /** Makes a release known to the agent. */
    default PluginRelease createPluginRelease(String plugin, String version) {
        return perform(PluginEndpoints.create(plugin, version));
    }

    /** Removes a release from the agent. */
    default void deletePluginRelease(String lookup) {
        perform(PluginEndpoints.delete(lookup));
    }

    /**
     * Runs an action of a release. Waits as long as the request allows, 300 s by default.
     *
     * @throws io.synapse.sdk.GpuUnavailableException when there is not enough GPU
     * @throws io.synapse.sdk.RequestTimeoutException when it takes longer; it may go on all the same
     */
    default PluginRun runPluginRelease(String lookup, PluginRunRequest request) {
        return perform(PluginEndpoints.run(lookup, request));
    }

    /** Runs an action from its source, without a release. Waits as long as the request allows, 300 s by default. */
    default PluginRun runDebugPluginRelease(PluginDebugRequest request) {
        return perform(PluginEndpoints.runDebug(request));
    }
}

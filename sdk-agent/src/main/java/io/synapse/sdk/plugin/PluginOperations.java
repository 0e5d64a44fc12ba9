package io.synapse.sdk.plugin;

import io.synapse.sdk.Page;
import io.synapse.sdk.PagedList;
import io.synapse.sdk.Performer;

/** Operations on plugin releases and their actions. A lookup is the id of a release or {@code code@version}. */
public interface PluginOperations extends Performer {
    /** The first page of the releases, with the agent's page size. */
    default Page<PluginRelease> listPluginReleases() {
        return perform(PluginEndpoints.page());
    }

    /**
     * All releases. The list is fetched page by page during iteration; the asynchronous call fetches all pages and
     * returns a {@link java.util.List}.
     */
    default PagedList<PluginRelease> listAllPluginReleases() {
        return new PagedList<>(this, PluginEndpoints.all());
    }

    /**
     * One release.
     *
     * @param lookup its id or {@code code@version}
     * @throws io.synapse.sdk.BadRequestException when it is empty; nothing is sent then
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default PluginRelease getPluginRelease(String lookup) {
        return perform(PluginEndpoints.get(lookup));
    }

    /**
     * Registers a release with the agent, which must have access to its files.
     *
     * @param plugin the code of the plugin; not blank
     * @param version its version; not blank
     * @throws io.synapse.sdk.BadRequestException when either is blank; nothing is sent then
     * @throws io.synapse.sdk.NotFoundException when the agent finds no such release
     */
    default PluginRelease createPluginRelease(String plugin, String version) {
        return perform(PluginEndpoints.create(plugin, version));
    }

    /**
     * Removes a release from the agent.
     *
     * @param lookup its id or {@code code@version}
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.ConflictException when the agent is not allowed to delete its files
     */
    default void deletePluginRelease(String lookup) {
        perform(PluginEndpoints.delete(lookup));
    }

    /**
     * Runs an action of a release. Waits for the agent's response up to the timeout of the request, 300 s by default.
     * If the action runs as a job, {@link PluginRun#jobId()} is its id for {@code tailJobLogs} and {@code waitForJob}.
     * Not retried after a lost response.
     *
     * @param lookup its id or {@code code@version}
     * @throws io.synapse.sdk.NotFoundException when there is no such release
     * @throws io.synapse.sdk.BadRequestException when it has no such action
     * @throws io.synapse.sdk.ConflictException when a job with the requested id exists
     * @throws io.synapse.sdk.GpuUnavailableException when not enough GPU capacity is available
     * @throws io.synapse.sdk.RequestTimeoutException when it takes longer; it may continue to run
     */
    default PluginRun runPluginRelease(String lookup, PluginRunRequest request) {
        return perform(PluginEndpoints.run(lookup, request));
    }

    /**
     * Runs an action from source, without a release; otherwise as {@link #runPluginRelease}.
     *
     * @throws io.synapse.sdk.BadRequestException when there is no such folder or action
     * @throws io.synapse.sdk.GpuUnavailableException when not enough GPU capacity is available
     * @throws io.synapse.sdk.RequestTimeoutException when it takes longer; it may continue to run
     */
    default PluginRun runDebugPluginRelease(PluginDebugRequest request) {
        return perform(PluginEndpoints.runDebug(request));
    }
}

package io.synapse.sdk.plugin;

import io.synapse.sdk.Page;
import io.synapse.sdk.PagedList;
import io.synapse.sdk.Performer;

/**
 * Plugin releases, and running their actions. A lookup is the id of a release or {@code code@version}.
 */
public interface PluginOperations extends Performer {
    /** The first page of the releases, as long as the agent makes it. */
    default Page<PluginRelease> listPluginReleases() {
        return perform(PluginEndpoints.page());
    }

    /**
     * All releases. The list fetches page by page while it is iterated; the future of the asynchronous call fetches all
     * pages and completes with a {@link java.util.List} of all releases.
     */
    default PagedList<PluginRelease> listAllPluginReleases() {
        return new PagedList<>(this, PluginEndpoints.all());
    }

    /**
     * One release.
     *
     * @param lookup its id or {@code code@version}
     * @throws io.synapse.sdk.BadRequestException when it is empty, before anything is sent
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default PluginRelease getPluginRelease(String lookup) {
        return perform(PluginEndpoints.get(lookup));
    }

    /**
     * Makes a release known to the agent, which must be able to find its files.
     *
     * @param plugin the code of the plugin; not blank
     * @param version its version; not blank
     * @throws io.synapse.sdk.BadRequestException when either is blank, before anything is sent
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
     * @throws io.synapse.sdk.ConflictException when its files are not the agent's to delete
     */
    default void deletePluginRelease(String lookup) {
        perform(PluginEndpoints.delete(lookup));
    }

    /**
     * Runs an action of a release. Waits for the agent's answer as long as the request allows, 300 s by default. Where
     * the action became a job, {@link PluginRun#jobId()} names it: {@code tailJobLogs} follows its log,
     * {@code waitForJob} waits for it. Not repeated after a lost reply.
     *
     * @param lookup its id or {@code code@version}
     * @throws io.synapse.sdk.NotFoundException when there is no such release
     * @throws io.synapse.sdk.BadRequestException when it has no such action
     * @throws io.synapse.sdk.ConflictException when there is a job of the wanted id already
     * @throws io.synapse.sdk.GpuUnavailableException when there is not enough GPU
     * @throws io.synapse.sdk.RequestTimeoutException when it takes longer; it may go on all the same
     */
    default PluginRun runPluginRelease(String lookup, PluginRunRequest request) {
        return perform(PluginEndpoints.run(lookup, request));
    }

    /**
     * Runs an action from its source, without a release: in all else as {@link #runPluginRelease}.
     *
     * @throws io.synapse.sdk.BadRequestException when there is no such folder or action
     * @throws io.synapse.sdk.GpuUnavailableException when there is not enough GPU
     * @throws io.synapse.sdk.RequestTimeoutException when it takes longer; it may go on all the same
     */
    default PluginRun runDebugPluginRelease(PluginDebugRequest request) {
        return perform(PluginEndpoints.runDebug(request));
    }
}

package io.synapse.sdk.embedded.internal.http;

import io.synapse.sdk.docker.ContainerLimits;
import io.synapse.sdk.docker.internal.DockerEngine;
import io.synapse.sdk.embedded.internal.backend.Backend;
import io.synapse.sdk.embedded.internal.container.Containers;
import io.synapse.sdk.embedded.internal.plugin.PluginActions;
import io.synapse.sdk.embedded.internal.plugin.PluginReleases;
import io.synapse.sdk.embedded.internal.workspace.Workspaces;

/**
 * What an agent's server gives access to.
 *
 * @param backend where jobs run
 * @param releases the plugins whose files are here
 * @param actions what runs their actions as jobs
 * @param containers the playground containers
 * @param workspaces the workspaces of clients
 * @param limits what a container may use
 * @param engine where containers run
 */
public record Served(
        Backend backend,
        PluginReleases releases,
        PluginActions actions,
        Containers containers,
        Workspaces workspaces,
        ContainerLimits limits,
        DockerEngine engine) {}

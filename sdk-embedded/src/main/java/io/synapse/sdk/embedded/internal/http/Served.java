package io.synapse.sdk.embedded.internal.http;

import io.synapse.sdk.docker.internal.DockerEngine;
import io.synapse.sdk.embedded.internal.backend.Backend;
import io.synapse.sdk.embedded.internal.container.Containers;
import io.synapse.sdk.embedded.internal.plugin.PluginActions;
import io.synapse.sdk.embedded.internal.plugin.PluginReleases;

/**
 * What an agent's server gives access to.
 *
 * @param backend where jobs run
 * @param releases the plugins whose files are here
 * @param actions what runs their actions as jobs
 * @param containers the playground containers
 * @param engine where these run
 */
public record Served(
        Backend backend, PluginReleases releases, PluginActions actions, Containers containers, DockerEngine engine) {}

package io.synapse.sdk.experiment;

import io.synapse.sdk.AsyncPerformer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous twin of {@link ConfigOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncConfigOperations extends AsyncPerformer {
    /** Asynchronous twin of {@link ConfigOperations#listConfigs}. */
    default CompletableFuture<List<String>> listConfigs() {
        return perform(ConfigEndpoints.list());
    }

    /** Asynchronous twin of {@link ConfigOperations#getConfig}. */
    default CompletableFuture<StoredConfig> getConfig(String path) {
        return perform(ConfigEndpoints.get(path));
    }

    /** Asynchronous twin of {@link ConfigOperations#createConfig}. */
    default CompletableFuture<StoredConfig> createConfig(String name, String content) {
        return perform(ConfigEndpoints.create(name, content));
    }

    /** Asynchronous twin of {@link ConfigOperations#saveConfig}. */
    default CompletableFuture<StoredConfig> saveConfig(String path, String content) {
        return perform(ConfigEndpoints.save(path, content));
    }

    /** Asynchronous twin of {@link ConfigOperations#validateConfig(String)}. */
    default CompletableFuture<ConfigCheck> validateConfig(String config) {
        return perform(ConfigEndpoints.validate(config, null));
    }

    /** Asynchronous twin of {@link ConfigOperations#validateConfig(String, String)}. */
    default CompletableFuture<ConfigCheck> validateConfig(String config, String hostId) {
        return perform(ConfigEndpoints.validate(config, hostId));
    }
}

package io.synapse.sdk.experiment;

import io.synapse.sdk.Performer;
import java.util.List;

/** Operations on the configurations that a server stores (wire/experiments.md, section 6). */
public interface ConfigOperations extends Performer {
    /** The paths of all stored configurations. */
    default List<String> listConfigs() {
        return perform(ConfigEndpoints.list());
    }

    /**
     * One stored configuration.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when it is not a valid path; nothing is sent then
     */
    default StoredConfig getConfig(String path) {
        return perform(ConfigEndpoints.get(path));
    }

    /**
     * Stores a configuration.
     *
     * @param name its name, without an ending
     * @throws io.synapse.sdk.ConflictException when there is another one of that name
     * @throws io.synapse.sdk.BadRequestException when it is not a valid name, or the configuration is not valid;
     *     nothing is sent then
     */
    default StoredConfig createConfig(String name, String content) {
        return perform(ConfigEndpoints.create(name, content));
    }

    /**
     * Stores a configuration in place of the one at this path, if there is one.
     *
     * @throws io.synapse.sdk.BadRequestException when it is not a valid path, or the configuration is not valid;
     *     nothing is sent then
     */
    default StoredConfig saveConfig(String path, String content) {
        return perform(ConfigEndpoints.save(path, content));
    }

    /**
     * Says what a configuration would do, without doing it.
     *
     * @param config its text, in YAML
     * @throws UnsupportedByServerException at the original
     */
    default ConfigCheck validateConfig(String config) {
        return perform(ConfigEndpoints.validate(config, null));
    }

    /**
     * Has a worker say what a configuration would do, if the server finds nothing wrong with it: the worker can run the training
     * program, and so knows more than the server. Returns when it has, which may take two minutes.
     *
     * @param config its text, in YAML
     * @param hostId the worker
     * @throws io.synapse.sdk.NotFoundException when the server knows no such worker
     * @throws io.synapse.sdk.ConflictException when the worker has no command for it
     * @throws io.synapse.sdk.ServerException with status 504 when the worker does not answer in time
     * @throws UnsupportedByServerException at the original
     */
    default ConfigCheck validateConfig(String config, String hostId) {
        return perform(ConfigEndpoints.validate(config, hostId));
    }
}

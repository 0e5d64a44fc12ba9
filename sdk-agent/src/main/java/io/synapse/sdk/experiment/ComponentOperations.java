package io.synapse.sdk.experiment;

import io.synapse.sdk.Performer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Operations on components and their versions (wire/experiments.md, section 7). The path of a component is {@code
 * category/name} or {@code category/name.py}; it is checked before anything is sent.
 */
public interface ComponentOperations extends Performer {
    /** All components. */
    default List<ComponentSummary> listComponents() {
        return perform(ComponentEndpoints.list());
    }

    /**
     * The components of a category.
     *
     * @throws io.synapse.sdk.BadRequestException when there is no such category; nothing is sent then
     */
    default List<ComponentSummary> listComponents(String category) {
        return perform(ComponentEndpoints.list(category));
    }

    /**
     * The versions of a component, the newest first.
     *
     * @param withContent whether to send their text
     */
    default List<ComponentVersion> listComponentVersions(String path, boolean withContent) {
        return perform(ComponentEndpoints.versions(path, withContent));
    }

    /**
     * One version, with its text.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default ComponentVersion getComponentVersion(String hash) {
        return perform(ComponentEndpoints.version(hash));
    }

    /**
     * Stores a version of a component. One that the server has already is not stored again.
     *
     * @param activate whether to make it the active one
     * @throws io.synapse.sdk.ConflictException at the original, when another component has the same text: it stores no
     *     text under two paths
     */
    default ComponentVersion uploadComponent(String path, String content, boolean activate) {
        return perform(ComponentEndpoints.upload(path, content, activate));
    }

    /**
     * Makes a version of a component the active one.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default ComponentVersion activateComponent(String path, String hash) {
        return perform(ComponentEndpoints.activate(path, hash));
    }

    /**
     * Two versions side by side.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default ComponentDiff diffComponents(String fromHash, String toHash) {
        return perform(ComponentEndpoints.diff(fromHash, toHash));
    }

    /**
     * Has the server look for new and changed components in its folder. The original makes each local file the active
     * version, without a word.
     */
    default ScanReport scanComponents() {
        return perform(ComponentEndpoints.scan());
    }

    /**
     * How the components of a folder differ from those of the server. Equal ones are left out. What is newer is
     * decided by what the server knows, never by time.
     *
     * @param local the hash of each local file, by path
     */
    default List<ComponentConflict> compareComponents(Map<String, String> local) {
        return perform(ComponentEndpoints.compare(local));
    }

    /**
     * The conflicts that the server has found in its own folder.
     *
     * @throws UnsupportedByServerException at the original
     */
    default List<ComponentConflict> listComponentConflicts() {
        return perform(ComponentEndpoints.conflicts());
    }

    /**
     * Resolves a conflict that the server has found.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws UnsupportedByServerException at the original
     */
    default ComponentResolution resolveComponentConflict(String path, ConflictResolution resolution) {
        return perform(ComponentEndpoints.resolve(path, resolution));
    }

    /**
     * The versions of the components that a job uses.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default ComponentManifest getManifest(String uid) {
        return perform(ComponentEndpoints.manifest(uid));
    }

    /**
     * Sets the versions of the components that a job uses.
     *
     * @param components the hash of each, by path
     */
    default void saveManifest(String uid, Map<String, String> components) {
        perform(ComponentEndpoints.saveManifest(uid, components));
    }

    /**
     * What the server has read in the source of a component.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default ComponentDetails getComponentDetails(String path) {
        return perform(ComponentEndpoints.details(path));
    }

    /**
     * Says whether a component takes these parameters.
     *
     * @param parameters by name
     * @throws io.synapse.sdk.BadRequestException when there is no such component, or it does not take them
     */
    default ComponentCheck validateComponent(String path, Map<String, @Nullable Object> parameters) {
        return perform(ComponentEndpoints.validate(path, parameters));
    }

    /**
     * The components that a configuration needs.
     *
     * @param agent the name of its agent
     * @param components the name of each other component, by category
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default ComponentBundle getComponentBundle(String agent, Map<String, String> components) {
        return perform(ComponentEndpoints.bundle(agent, components));
    }
}

package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.workspace.internal.Arguments;

/** The paths of a workspace (wire/workspace.md, section 2). */
final class WorkspacePath {
    private WorkspacePath() {}

    /**
     * The absolute path of one that an agent gave, without empty parts and single dots.
     *
     * @param folder what a relative path is in
     * @throws io.synapse.sdk.BadRequestException when it is not a path of a workspace
     */
    static String absolute(String path, String folder) {
        Arguments.requirePath(path);
        StringBuilder absolute = new StringBuilder();
        for (String name : (path.startsWith("/") ? path : folder + "/" + path).split("/")) {
            if (!name.isEmpty() && !name.equals(".")) {
                absolute.append('/').append(name);
            }
        }
        return absolute.isEmpty() ? "/" : absolute.toString();
    }

    /** What is in a folder, by its path relative to it, which may begin with {@code ./}. */
    static String within(String folder, String relative) {
        String name = relative.startsWith("./") ? relative.substring(2) : relative;
        return folder.endsWith("/") ? folder + name : folder + "/" + name;
    }
}

package io.synapse.sdk.docker.internal.workspace;

import java.util.List;

/**
 * Whose rights a shell has, and how far it reaches.
 *
 * @param user {@code uid:gid}
 * @param home its home folder
 * @param roots the folders in which, and below which, files may be
 * @param functions what it can do beside {@code shell.sh}
 */
record ShellUser(String user, String home, List<String> roots, String functions) {
    /** The script of its shell. */
    String script() {
        return restrictions() + functions + Scripts.SHELL;
    }

    /** Whether an absolute path is in one of the roots, as far as names tell. */
    boolean mayUse(String path) {
        return roots.stream().anyMatch(root -> root.equals("/") || (path + "/").startsWith(root + "/"));
    }

    /** The function that tells whether a real path may be used. */
    private String restrictions() {
        StringBuilder restrictions = new StringBuilder("inside() {\ncase $1/ in\n");
        for (String root : roots) {
            restrictions
                    .append(root.equals("/") ? "*" : ShellText.quote(root) + "/*")
                    .append(") ;;\n");
        }
        return restrictions.append("*) return 43 ;;\nesac\n}\n").toString();
    }
}

package io.synapse.sdk.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Who is alive, asked of ps and not of the code under test. The dead whom nobody has buried yet do not count. */
public final class Processes {
    private Processes() {}

    public static boolean isAlive(long pid) {
        return !living("$1 == " + pid).isEmpty();
    }

    /** Suspended, or waiting for a child that is. */
    public static boolean isSuspended(long pid) {
        return !living("$1 == " + pid + " && $3 ~ /^[TD]/").isEmpty();
    }

    static List<String> ofGroup(long leader) {
        return living("$2 == " + leader);
    }

    private static List<String> living(String condition) {
        String command = "ps -eo pid=,pgid=,stat=,args= | awk '" + condition + " && $3 !~ /^Z/'";
        try {
            Process ps = new ProcessBuilder("sh", "-c", command).start();
            return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

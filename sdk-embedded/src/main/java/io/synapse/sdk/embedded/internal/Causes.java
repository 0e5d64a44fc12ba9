package io.synapse.sdk.embedded.internal;

/** Why something failed, where libraries wrap it in failures of their own. */
public final class Causes {
    private Causes() {}

    /** The message of the first cause. */
    public static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}

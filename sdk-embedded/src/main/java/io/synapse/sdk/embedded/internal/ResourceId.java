package io.synapse.sdk.embedded.internal;

/** What an id of a resource may look like (wire/agent.md, section 3). */
public final class ResourceId {
    private ResourceId() {}

    /** Whether it consists of letters, digits, {@code _} and {@code -}, 1 to 100 of them. */
    public static boolean isValid(String id) {
        return id.matches("[A-Za-z0-9_-]{1,100}");
    }
}

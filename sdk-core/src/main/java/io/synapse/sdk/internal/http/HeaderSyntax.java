package io.synapse.sdk.internal.http;

import io.synapse.sdk.BadRequestException;

/** What a header may be (RFC 9110, section 5). */
public final class HeaderSyntax {
    private static final String SEPARATORS = "()<>@,;:\\\"/[]?={}";

    private HeaderSyntax() {}

    /**
     * Checks a header.
     *
     * @throws BadRequestException when its name or value has characters that it cannot have; the message does not show
     *     the value
     */
    public static void check(String name, String value) {
        boolean isToken =
                !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7F && SEPARATORS.indexOf(c) < 0);
        if (!isToken) {
            // not shown: it may be the value, in the wrong place
            throw BadRequestException.refused("the name of a header has characters that such a name cannot have");
        }
        if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7F || c == '\t')) {
            throw BadRequestException.refused(
                    "the value of the header " + name + " has characters that a header cannot have");
        }
    }
}

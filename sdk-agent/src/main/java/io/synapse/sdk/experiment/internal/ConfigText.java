package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.BadRequestException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a configuration, as far as the client has to know it. */
public final class ConfigText {
    /** A plain or quoted value of the key {@code project} at the top; anything else is left to the server. */
    private static final Pattern PROJECT = Pattern.compile(
            "^(?:project|\"project\"|'project')[ \\t]*:[ \\t]+(?:\"(?<double>[^\"\\n]*)\"|'(?<single>[^'\\n]*)'"
                    + "|(?<plain>[^\\[{&*!|>\"'#\\s][^#\\n]*?))[ \\t\\r]*(?:#.*)?$",
            Pattern.MULTILINE);

    private ConfigText() {}

    /**
     * The text, if it can be sent. The original takes the project's name for a folder, so that {@code ../esc} is one
     * outside of its own (wire/experiments.md, section 0).
     *
     * @throws BadRequestException when it is blank, or has a project whose name is not valid
     */
    public static String check(String yaml) {
        if (yaml.isBlank()) {
            throw BadRequestException.refused("the configuration is empty");
        }
        Matcher matcher = PROJECT.matcher(yaml);
        while (matcher.find()) {
            String name = matcher.group("double") != null
                    ? matcher.group("double")
                    : matcher.group("single") != null ? matcher.group("single") : matcher.group("plain");
            if (!ExperimentNames.isName(name)) {
                throw BadRequestException.refused("the project of the configuration is not a valid name: it has from 1"
                        + " to 100 letters, digits, spaces and . _ -, begins with a letter, digit or _, and has no ..");
            }
        }
        return yaml;
    }
}

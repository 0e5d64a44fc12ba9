package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.embedded.internal.ShellWord;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a job runs: arguments with {@code {config}}, {@code {uid}}, {@code {project}} and {@code {attempt}} in them, which
 * stand for variables of the job's environment. All else is taken as it is.
 *
 * @param arguments the program and its arguments
 */
public record CommandLineTemplate(List<String> arguments) {
    static final String UID = "SYNAPSE_EXPERIMENT_UID";
    static final String PROJECT = "SYNAPSE_EXPERIMENT_PROJECT";
    static final String ATTEMPT = "SYNAPSE_EXPERIMENT_ATTEMPT";
    static final String CONFIG = "SYNAPSE_EXPERIMENT_CONFIG";

    private static final Map<String, String> VARIABLES =
            Map.of("{uid}", UID, "{project}", PROJECT, "{attempt}", ATTEMPT, "{config}", CONFIG);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(?:uid|project|attempt|config)}");

    /** @throws IllegalArgumentException when there is no program */
    public CommandLineTemplate {
        arguments = List.copyOf(arguments);
        if (arguments.isEmpty() || arguments.get(0).isBlank()) {
            throw new IllegalArgumentException("the command of the jobs has no program");
        }
    }

    /** As a shell's command. */
    String shellText() {
        return arguments.stream().map(CommandLineTemplate::word).collect(Collectors.joining(" "));
    }

    private static String word(String argument) {
        StringBuilder word = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(argument);
        int end = 0;
        while (placeholder.find()) {
            append(word, argument.substring(end, placeholder.start()));
            word.append("\"$").append(VARIABLES.get(placeholder.group())).append('"');
            end = placeholder.end();
        }
        append(word, argument.substring(end));
        return word.isEmpty() ? "''" : word.toString();
    }

    private static void append(StringBuilder word, String text) {
        if (!text.isEmpty()) {
            word.append(ShellWord.quoted(text));
        }
    }
}

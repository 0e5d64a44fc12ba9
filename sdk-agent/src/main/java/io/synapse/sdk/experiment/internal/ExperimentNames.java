package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.BadRequestException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules for names and paths (wire/experiments.md, sections 7 and 9), which a client checks before it sends them, and the
 * server when it gets them.
 */
public final class ExperimentNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._ -]{0,99}");

    /** The name of a run and an ending such as {@code _config.yaml}. */
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._ -]{0,119}");

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern COMPONENT =
            Pattern.compile("(?<category>[a-z]+)/(?<name>[A-Za-z_][A-Za-z0-9_]{0,99}?)(\\.py)?");
    /** The categories of components. */
    public static final List<String> CATEGORIES = List.of(
            "agent",
            "model",
            "dataset",
            "dataloader",
            "transform",
            "optimizer",
            "loss",
            "metric",
            "scheduler",
            "sampler",
            "solver",
            "checkpoint",
            "logger");

    private ExperimentNames() {}

    /**
     * The name of a component in two parts.
     *
     * @param category its category
     * @param name its name, without an ending
     */
    public record ComponentPath(String category, String name) {
        /** As the server writes it. */
        @Override
        public String toString() {
            return category + "/" + name + ".py";
        }
    }

    /**
     * The name of a project, run or host, if it is valid.
     *
     * @param what the kind of name, for messages: "project"
     * @throws BadRequestException when it is not
     */
    public static String check(String what, String name) {
        if (!isName(name)) {
            throw BadRequestException.refused("a " + what + " name has from 1 to 100 letters, digits, spaces and . _ -,"
                    + " begins with a letter, digit or _, and has no ..");
        }
        return name;
    }

    /** Whether it is a valid name of a project, run or host. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.contains("..");
    }

    /**
     * The name of a file without folders, if it is valid.
     *
     * @throws BadRequestException when it is not
     */
    public static String checkFile(String name) {
        if (!FILE.matcher(name).matches() || name.contains("..")) {
            throw BadRequestException.refused("a file name has from 1 to 120 letters, digits, spaces and . _ -, begins"
                    + " with a letter, digit or _, and has no ..");
        }
        return name;
    }

    /**
     * A hash of a version or file, if it is valid.
     *
     * @throws BadRequestException when it is not
     */
    public static String checkHash(String hash) {
        if (!HASH.matcher(hash).matches()) {
            throw BadRequestException.refused("a hash has 16 lower-case hexadecimal digits");
        }
        return hash;
    }

    /**
     * The path of a stored configuration or of a file of a run, if it is valid: relative, with {@code /}.
     *
     * @throws BadRequestException when it is not
     */
    public static String checkConfigPath(String path) {
        boolean isOdd = path.isBlank()
                || path.startsWith("/")
                || path.indexOf('\\') >= 0
                || path.chars().anyMatch(Character::isISOControl);
        if (isOdd || Stream.of(path.split("/", -1)).anyMatch(part -> part.isEmpty() || isDots(part))) {
            throw BadRequestException.refused("a path is relative, with / between its parts, none of which is . or ..");
        }
        return path;
    }

    private static boolean isDots(String part) {
        return part.equals(".") || part.equals("..");
    }

    /**
     * A category of components, if it is one.
     *
     * @throws BadRequestException when it is not
     */
    public static String checkCategory(String category) {
        if (!CATEGORIES.contains(category)) {
            throw BadRequestException.refused("there is no such category of components; there are "
                    + CATEGORIES.stream().sorted().toList());
        }
        return category;
    }

    /**
     * The path of a component, if it is valid.
     *
     * @param path {@code category/name} or {@code category/name.py}
     * @throws BadRequestException when it is not
     */
    public static ComponentPath component(String path) {
        Matcher matcher = COMPONENT.matcher(path);
        if (!matcher.matches()) {
            throw BadRequestException.refused(
                    "the path of a component is category/name, the name of ASCII letters, digits and _, at most 100");
        }
        return new ComponentPath(checkCategory(matcher.group("category")), matcher.group("name"));
    }
}

package io.synapse.sdk.experiments.internal.component;

import io.synapse.sdk.experiment.internal.ExperimentNames;
import io.synapse.sdk.experiments.internal.Failure;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which component: {@code category/name.py} (wire/experiments.md, section 7).
 *
 * @param category one of {@link #CATEGORIES}
 * @param name an identifier of Python in ASCII, of at most 100 characters
 */
public record ComponentPath(String category, String name) {
    /** All categories there are. */
    public static final List<String> CATEGORIES = ExperimentNames.CATEGORIES;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final Pattern PATH = Pattern.compile("([^/]{1,100})/([^/]{1,100}?)(?:\\.py)?");

    /**
     * Reads {@code category/name} or {@code category/name.py}.
     *
     * @throws Failure 400 when it is neither
     */
    public static ComponentPath parse(String path) {
        return find(path)
                .orElseThrow(() -> Failure.plain(
                        400,
                        "the path of a component is category/name or category/name.py: a category of "
                                + String.join(", ", CATEGORIES)
                                + " and a name of at most 100 ASCII letters, digits and _"));
    }

    /** As {@link #parse}; empty for what is no path of a component. */
    public static Optional<ComponentPath> find(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches()
                        && CATEGORIES.contains(matcher.group(1))
                        && NAME.matcher(matcher.group(2)).matches()
                ? Optional.of(new ComponentPath(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    /**
     * The category.
     *
     * @throws Failure 400 when there is none of that name
     */
    public static String category(String category) {
        if (!CATEGORIES.contains(category)) {
            throw Failure.plain(400, "the categories of components are " + String.join(", ", CATEGORIES));
        }
        return category;
    }

    /** {@code category/name.py}. */
    @Override
    public String toString() {
        return category + "/" + name + ".py";
    }
}

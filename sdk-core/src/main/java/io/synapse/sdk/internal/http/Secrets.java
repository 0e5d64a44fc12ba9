package io.synapse.sdk.internal.http;

import java.lang.reflect.RecordComponent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Masks secrets in what people read: messages of exceptions, URLs, {@code toString()}. Masked are, as {@code ***}:
 *
 * <ul>
 *   <li>the values that a client knows to be its secrets, wherever they occur;
 *   <li>values whose name says so: {@code token=…}, {@code "password": "…"}, {@code HF_TOKEN: …}, {@code --api-key …};
 *   <li>all values of environment variables under a name such as {@code env_vars};
 *   <li>what follows {@code Bearer}, {@code Basic} and {@code Token};
 *   <li>user information in URLs;
 *   <li>tokens of well-known forms: {@code ghp_…}, {@code hf_…}, {@code sk-…}, {@code AKIA…}, JWT, private keys.
 * </ul>
 *
 * Ids, file names and quoted text as such are not masked; neither are counts ({@code max_tokens=5}: a name that ends with
 * "tokens" has a secret value only if that is no number) nor sentences ("token: must not be empty"). Immutable.
 */
public final class Secrets {
    /** What stands in the place of a secret. */
    public static final String MASK = "***";

    /** Knows no values; masks by names and forms only. */
    public static final Secrets NONE = new Secrets(List.of());

    private static final int SHORTEST_SECRET = 4;

    /** The shortest value of a header of any name that is taken for a secret. */
    private static final int SHORTEST_HEADER = 8;

    private static final Pattern HARMLESS_HEADER = Pattern.compile(
            "(?i)User-Agent|Accept.*|Content-.*|Connection|Host|Upgrade|Sec-WebSocket-.*|X-(Content|Prefix)-Hash");
    private static final Pattern USER_INFORMATION = Pattern.compile("(?<=://)[^\\s/?#\"'<>]*@");

    private static final Pattern FORMS = Pattern.compile(Stream.of(
                    "gh[pousr]_[A-Za-z0-9]{16,}+",
                    "github_pat_\\w{20,}+",
                    "glpat-[\\w-]{16,}+",
                    "hf_[A-Za-z0-9]{20,}+",
                    "sk-(?:[a-z0-9]{2,10}-){0,3}[A-Za-z0-9_]{16,}+[\\w-]*+",
                    "(?:AKIA|ASIA)[A-Z0-9]{16}",
                    "AIza[\\w-]{35}",
                    "xox[abeoprs]-[\\w-]{10,}+",
                    "npm_[A-Za-z0-9]{30,}+",
                    "pypi-[\\w-]{40,}+",
                    "eyJ[\\w-]{5,}+\\.[\\w-]{5,}+(?:\\.[\\w-]*+)?")
            .collect(Collectors.joining("|", "(?<![A-Za-z0-9])(?:", ")")));

    private static final Pattern PRIVATE_KEY = Pattern.compile(
            "-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)", Pattern.DOTALL);

    /** A scheme of the Authorization header, and credentials that do not look like a word of English. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?<![\\w-])(?:"
            + "(?<bearer>(?i:bearer)\\s+)(?!(?:auth\\w*|tokens?|scheme|credentials?|header|access|realm|is|was|or|and)\\b)"
            + "|(?<basic>(?i:basic)\\s+)(?=[a-z]*[A-Z0-9+/=][A-Za-z0-9+/]*=*(?![\\w-]))(?![A-Z][a-z]+\\b)"
            + "|(?<token>(?i:token)\\s+)(?=[A-Za-z_./+~-]*\\d|\\w{20})"
            + ")(?<value>[A-Za-z0-9._~+/-]{4,}+=*+)");

    private final List<String> known;

    private Secrets(List<String> known) {
        this.known = known;
    }

    /**
     * Secrets of which a client knows the values.
     *
     * @param knownValues the values; of {@code Bearer abc}, {@code abc} is known too. Those shorter than 4 characters are
     *     passed over
     */
    public static Secrets of(Collection<String> knownValues) {
        return new Secrets(knownValues.stream()
                .flatMap(Secrets::variants)
                .filter(value -> value.length() >= SHORTEST_SECRET)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    /**
     * The secrets among a client's headers: the values of names that say so, with 4 characters or more, and of other
     * names with 8 or more, except those that every HTTP client sends ({@code User-Agent}, {@code Accept} …).
     */
    public static Secrets ofHeaders(Map<String, String> headers) {
        return of(headers.entrySet().stream()
                .filter(header -> isSecret(header.getKey())
                        || header.getValue().length() >= SHORTEST_HEADER
                                && !HARMLESS_HEADER.matcher(header.getKey()).matches())
                .map(Map.Entry::getValue)
                .toList());
    }

    /** Whether the value of a header, field, query parameter or environment variable of this name is a secret. */
    public static boolean isSecret(String name) {
        return SecretNames.isSecret(name, "");
    }

    /** The same text without the values that the client knows to be its secrets: what a server echoes stays readable. */
    public String maskKnown(String text) {
        String masked = text;
        for (String value : known) {
            masked = masked.replace(value, MASK);
        }
        return masked;
    }

    /** The same text without its secrets. */
    public String mask(String text) {
        String masked = PRIVATE_KEY.matcher(maskKnown(text)).replaceAll(MASK);
        masked = FORMS.matcher(masked).replaceAll(MASK);
        masked = USER_INFORMATION.matcher(masked).replaceAll(MASK + "@");
        masked = new SecretText(masked).masked();
        return CREDENTIALS.matcher(masked).replaceAll(Secrets::withoutCredentials);
    }

    /** Environment variables: all names, no values. */
    public static Map<String, String> maskedEnvironment(Map<?, ?> variables) {
        Map<String, String> masked = new LinkedHashMap<>();
        variables.keySet().forEach(name -> masked.put(String.valueOf(name), MASK));
        return masked;
    }

    /** Fields of any depth, without the values of secret names, environment variables, and secrets in text. */
    public static Map<String, @Nullable Object> maskedFields(Map<?, ?> fields) {
        Map<String, @Nullable Object> masked = new LinkedHashMap<>();
        fields.forEach((name, value) -> masked.put(String.valueOf(name), maskedValue(String.valueOf(name), value)));
        return masked;
    }

    /** What {@link Record#toString} says, without secrets. */
    public static String describe(Record value) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                fields.put(component.getName(), component.getAccessor().invoke(value));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the accessors of " + value.getClass() + " are not public", e);
            }
        }
        return maskedFields(fields).entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining(", ", value.getClass().getSimpleName() + "[", "]"));
    }

    private static @Nullable Object maskedValue(String name, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (SecretNames.isEnvironment(name)) {
            if (value instanceof Map<?, ?> variables) {
                return maskedEnvironment(variables);
            }
            if (value instanceof Collection<?> variables) {
                return variables.stream().map(Secrets::maskedVariable).toList();
            }
        }
        boolean isEmpty = value instanceof Collection<?> values && values.isEmpty()
                || value instanceof Map<?, ?> fields && fields.isEmpty()
                || value instanceof Boolean;
        if (!isEmpty && SecretNames.isSecret(name, value.toString())) {
            return MASK;
        }
        if (value instanceof Map<?, ?> fields) {
            return maskedFields(fields);
        }
        if (value instanceof Collection<?> values) {
            return values.stream()
                    .map(each -> String.valueOf(maskedValue("", each)))
                    .toList();
        }
        return value instanceof Number || value instanceof Boolean ? value : NONE.mask(value.toString());
    }

    /** {@code NAME=value} as Docker lists variables; what else may be in such a list is fields. */
    private static Object maskedVariable(@Nullable Object variable) {
        if (variable instanceof Map<?, ?> fields) {
            Map<String, @Nullable Object> masked = maskedFields(fields);
            masked.computeIfPresent("value", (name, value) -> MASK); // Kubernetes lists name and value
            return masked;
        }
        String text = String.valueOf(variable);
        int equals = text.indexOf('=');
        return equals < 0 ? text : text.substring(0, equals + 1) + MASK;
    }

    private static Stream<String> variants(String value) {
        String stripped = value.strip();
        int blank = stripped.indexOf(' ');
        String credentials =
                blank < 0 ? stripped : stripped.substring(blank + 1).strip();
        return Stream.of(stripped, credentials)
                .flatMap(text -> Stream.of(text, URLEncoder.encode(text, StandardCharsets.UTF_8)));
    }

    private static String withoutCredentials(MatchResult match) {
        String all = match.group();
        int value = match.start(match.groupCount()) - match.start();
        return Matcher.quoteReplacement(all.substring(0, value) + MASK);
    }
}

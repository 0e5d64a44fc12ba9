package io.synapse.sdk.internal.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Decides by the name of a header, field, query parameter or environment variable whether its value is a secret. */
final class SecretNames {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(?:\\.\\d+)?");

    /** A name is secret when one of its words ends with one of these: {@code HF_TOKEN}, {@code dbpassword}. */
    private static final List<String> ENDINGS = List.of(
            "token",
            "password",
            "passwords",
            "passwd",
            "passphrase",
            "pwd",
            "secret",
            "secrets",
            "apikey",
            "accesskey",
            "privatekey",
            "secretkey",
            "authkey",
            "credential",
            "credentials",
            "cookie",
            "cookies",
            "authorization",
            "signature",
            "jwt",
            "sessionid");

    /** What makes a key a secret one: {@code api_key}, but not {@code filter_keys}. */
    private static final Set<String> SECRET_KEYS = Set.of(
            "api",
            "access",
            "private",
            "secret",
            "auth",
            "encryption",
            "signing",
            "ssh",
            "account",
            "subscription",
            "license",
            "master",
            "shared",
            "service",
            "deploy");

    /** Secrets as the last word of several only: {@code DB_PASS}, but not {@code PASS}. */
    private static final Set<String> SECRET_AFTER_ANOTHER_WORD = Set.of("pass", "auth", "sig");

    /** The last word of names that tell something about a secret, and not the secret itself. */
    private static final Set<String> ABOUT = Set.of(
            "count",
            "limit",
            "length",
            "size",
            "type",
            "mode",
            "path",
            "file",
            "filename",
            "name",
            "url",
            "uri",
            "expires",
            "expiry",
            "ttl",
            "budget",
            "usage");

    /** Tokens of a language model, and of the pages of a list. */
    private static final Set<String> OTHER_TOKENS =
            Set.of("eos", "bos", "pad", "unk", "sep", "cls", "mask", "next", "page");

    /** Short names that are secret as query parameters only. */
    private static final Set<String> SECRET_PARAMETERS = Set.of("key", "code", "sig", "auth", "pass", "session", "sid");

    private static final Set<String> ENVIRONMENTS =
            Set.of("env", "envs", "envvars", "environ", "environment", "environmentvariables");

    private SecretNames() {}

    /** Whether a field of this name holds environment variables. */
    static boolean isEnvironment(String name) {
        return ENVIRONMENTS.contains(String.join("", words(name)));
    }

    /** Whether a query parameter of this name holds a secret although a field of this name would not. */
    static boolean isSecretParameter(String name) {
        return SECRET_PARAMETERS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a name says that this value of it is a secret. */
    static boolean isSecret(String name, String value) {
        List<String> words = words(name);
        if (words.isEmpty() || ABOUT.contains(words.get(words.size() - 1))) {
            return false;
        }
        boolean isNumber = NUMBER.matcher(value).matches();
        if (isNumber && words.get(words.size() - 1).equals("id")) {
            return false; // pad_token_id
        }
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String before = i == 0 ? "" : words.get(i - 1);
            boolean isLast = i == words.size() - 1;
            if (ENDINGS.stream().anyMatch(word::endsWith) && !(word.equals("token") && OTHER_TOKENS.contains(before))
                    || word.equals("tokens") && !isNumber // max_tokens is a number
                    || (word.equals("key") || word.equals("keys")) && SECRET_KEYS.contains(before)
                    || isLast && !before.isEmpty() && SECRET_AFTER_ANOTHER_WORD.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> words(String name) {
        return Stream.of(BETWEEN_WORDS.split(name))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }
}

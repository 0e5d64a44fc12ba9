package io.synapse.sdk.ray;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The cluster configured for this process by the variables and files of Ray's own clients (wire/ray.md, sections 4 and
 * 5;
 * <a href="https://github.com/ray-project/ray/blob/master/src/ray/rpc/authentication/authentication_token_loader.cc">the
 * order of the tokens</a>).
 */
final class RayEnvironment {
    private static final String INSTRUCTION =
            "set RAY_API_SERVER_ADDRESS to the address of its dashboard, as http://127.0.0.1:8265";

    private static final String TOKEN_PATH = "RAY_AUTH_TOKEN_PATH";
    private static final String HEADERS = "RAY_JOB_HEADERS";
    private static final Pattern HTTP = Pattern.compile("(?i)https?://");

    private final Map<String, String> variables;
    private final Path home;

    /**
     * An environment.
     *
     * @param home the folder of {@code .ray/auth_token}
     */
    RayEnvironment(Map<String, String> variables, Path home) {
        this.variables = variables;
        this.home = home;
    }

    static RayEnvironment ofThisProcess() {
        return new RayEnvironment(System.getenv(), Path.of(System.getProperty("user.home", ".")));
    }

    /** Applies the configuration to a builder. */
    RayClient.Builder applyTo(RayClient.Builder builder) {
        builder.baseUrl(dashboard());
        String token = token();
        if (token != null) {
            builder.authToken(token);
        }
        addHeaders(builder);
        return builder;
    }

    private String dashboard() {
        String url = variable("RAY_API_SERVER_ADDRESS");
        if (url != null) {
            return url;
        }
        url = variable("RAY_ADDRESS");
        if (url == null) {
            throw BadRequestException.refused("no Ray cluster is named: " + INSTRUCTION);
        }
        if (!HTTP.matcher(url).lookingAt()) {
            // drivers use this variable too, for addresses without HTTP
            throw BadRequestException.refused("RAY_ADDRESS names no dashboard: " + INSTRUCTION);
        }
        return url;
    }

    private @Nullable String token() {
        String mode = variable("RAY_AUTH_MODE");
        if (mode != null && !mode.equalsIgnoreCase("token")) {
            return null;
        }
        String token = variable("RAY_AUTH_TOKEN");
        String path = variable(TOKEN_PATH);
        if (token != null || path == null) {
            return token != null ? token : firstLine(home.resolve(".ray").resolve("auth_token"));
        }
        try {
            token = firstLine(Path.of(path));
        } catch (InvalidPathException e) {
            token = null;
        }
        if (token == null) {
            throw BadRequestException.refused(
                    TOKEN_PATH + " names a file that cannot be read or has no token: " + path);
        }
        return token;
    }

    /** The first line of a file, stripped of white space; null if it is missing or blank, as in Ray's client. */
    private static @Nullable String firstLine(Path file) {
        try {
            // Files.readString would fail on invalid UTF-8
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            int end = text.indexOf('\n');
            String line = (end < 0 ? text : text.substring(0, end)).strip();
            return line.isEmpty() ? null : line;
        } catch (IOException e) {
            return null;
        }
    }

    private void addHeaders(RayClient.Builder builder) {
        String json = variable(HEADERS);
        if (json == null) {
            return;
        }
        try {
            if (Json.read(json, Object.class) instanceof Map<?, ?> headers
                    && headers.values().stream().allMatch(String.class::isInstance)) {
                headers.forEach((name, value) -> builder.header((String) name, (String) value));
                return;
            }
        } catch (UnreadableJsonException e) {
            // thrown below without the cause, whose message may quote a secret
        }
        throw BadRequestException.refused(HEADERS + " must be a JSON object of headers, {\"name\": \"value\"}");
    }

    /** A variable; null if it is not set or blank. */
    private @Nullable String variable(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}

package io.synapse.sdk.container;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Failure;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the properties of container requests before anything is sent. */
final class ContainerChecks {
    private ContainerChecks() {}

    /**
     * A release may lack a version, which the agent then chooses, but the text on both sides of an {@code @} must not
     * be blank.
     */
    static void release(String release) {
        int at = release.lastIndexOf('@');
        boolean isIncomplete = at >= 0
                && (release.substring(0, at).isBlank()
                        || release.substring(at + 1).isBlank());
        if (isIncomplete || release.chars().anyMatch(Character::isISOControl)) {
            throw BadRequestException.refused("a plugin release has the form code@version, not " + release.strip());
        }
    }

    /** The archive must be an existing file. */
    static void archive(Path archive) {
        if (Files.isDirectory(archive)) {
            throw BadRequestException.refused("the archive is a folder, to be packed as a zip file first: " + archive);
        }
        if (!Files.isRegularFile(archive)) {
            throw new BadRequestException(
                    Failure.of(400, "there is no such file: " + archive), new NoSuchFileException(archive.toString()));
        }
    }

    static void notNegative(String what, @Nullable Long number) {
        if (number != null && number < 0) {
            throw BadRequestException.refused("the " + what + " cannot be negative: " + number);
        }
    }

    /** Checks names and values. Messages omit the values, which may be secrets. */
    static void environment(@Nullable Map<String, String> variables) {
        if (variables == null) {
            return;
        }
        variables.forEach((name, value) -> {
            if (name == null || name.isBlank() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
                throw BadRequestException.refused(
                        "the name of an environment variable can neither be blank nor hold = or NUL");
            }
            if (value == null || value.indexOf('\0') >= 0) {
                throw BadRequestException.refused("the environment variable " + name + " has "
                        + (value == null ? "no value" : "a NUL in its value"));
            }
        });
    }

    static void labels(@Nullable List<String> labels) {
        if (labels != null && labels.stream().anyMatch(label -> label == null || label.isBlank())) {
            throw BadRequestException.refused("a label of a container cannot be blank");
        }
    }
}

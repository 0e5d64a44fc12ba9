package io.synapse.sdk.container;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Failure;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be told of a container request before it is sent: whether its parts can be what they are said to be. */
final class ContainerChecks {
    private ContainerChecks() {}

    /**
     * A release needs no version (the agent may know which one is meant), but where there is an {@code @}, there must
     * be something on both of its sides.
     */
    static void release(String release) {
        int at = release.lastIndexOf('@');
        boolean halved = at >= 0
                && (release.substring(0, at).isBlank()
                        || release.substring(at + 1).isBlank());
        if (halved || release.chars().anyMatch(Character::isISOControl)) {
            throw BadRequestException.refused("a plugin release is said as code@version, not as " + release.strip());
        }
    }

    /** The archive must be a file. */
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

    /** What an operating system takes as its environment. The values are not repeated: they may be secrets. */
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

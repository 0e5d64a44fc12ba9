package io.synapse.sdk.experiments.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.file.ExperimentFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A file of a run, as it was when it was last looked at.
 *
 * @param name in the folder of the project
 */
public record RunFile(String name, Kind kind, long size, Instant modified) {
    /** A file that changed less than this before it was read may have changed again without another time. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final String CONFIG_ENDING = "_config";

    /** What a file is to its run. */
    public enum Kind {
        CONFIG,
        METRICS,
        LOG,
        MODEL;

        /** The word for it in answers. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** To which run a file belongs, and as what. */
    record Owner(String run, Kind kind) {}

    /** That of a file of this name; none for a checkpoint, and for names that no run can have. */
    static Optional<Owner> owner(String name) {
        int dot = name.lastIndexOf('.');
        if (!ExperimentFolders.isFileName(name) || dot < 1 || name.startsWith("checkpoint_")) {
            return Optional.empty();
        }
        String base = name.substring(0, dot);
        Optional<Kind> kind = kind(name.substring(dot));
        if (kind.filter(Kind.CONFIG::equals).isPresent() && base.endsWith(CONFIG_ENDING)) {
            base = base.substring(0, base.length() - CONFIG_ENDING.length());
        }
        String run = base;
        return RunNames.isRun(run) ? kind.map(known -> new Owner(run, known)) : Optional.empty();
    }

    private static Optional<Kind> kind(String ending) {
        return switch (ending) {
            case ".csv" -> Optional.of(Kind.METRICS);
            case ".yaml", ".yml" -> Optional.of(Kind.CONFIG);
            case ".log" -> Optional.of(Kind.LOG);
            case ".pt" -> Optional.of(Kind.MODEL);
            default -> Optional.empty();
        };
    }

    /** Whether files that were read at this time, of which there is one at least, were not changed just before. */
    static boolean isSettled(List<RunFile> files, Instant read) {
        Instant newest = files.stream()
                .map(RunFile::modified)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return !newest.plus(SETTLED).isAfter(read);
    }

    /** The file as it is now, if it is a regular one. */
    static Optional<RunFile> of(Path file, Kind kind) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Instant modified = attributes.lastModifiedTime().toInstant();
        return Optional.of(new RunFile(String.valueOf(file.getFileName()), kind, attributes.size(), modified));
    }

    ObjectNode json() {
        return Json.MAPPER
                .createObjectNode()
                .put("name", name)
                .put("kind", kind.name())
                .put("size", size)
                .put("seconds", modified.getEpochSecond())
                .put("nanos", modified.getNano());
    }

    static RunFile of(JsonNode fields) {
        return new RunFile(
                fields.path("name").textValue(),
                Kind.valueOf(fields.path("kind").textValue()),
                fields.path("size").longValue(),
                Instant.ofEpochSecond(
                        fields.path("seconds").longValue(), fields.path("nanos").longValue()));
    }
}

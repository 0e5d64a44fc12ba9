package io.synapse.sdk.experiments.internal.component;

import io.synapse.sdk.embedded.internal.DurableFile;
import io.synapse.sdk.embedded.internal.OwnerOnly;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.file.ContentHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder in which components are edited: {@code category/name.py}. Links are neither followed nor replaced. */
final class ComponentFolder {
    private final Path root;

    ComponentFolder(Path root) throws IOException {
        this.root = OwnerOnly.folder(root).toRealPath();
    }

    /** The bytes of a local file, and their hash. */
    record LocalFile(byte[] content, String hash) {}

    /** What a folder has: components, and why other files of Python in it are none. */
    record Listing(Map<ComponentPath, LocalFile> files, Map<String, String> ignored) {}

    /** Reads all of it. */
    Listing read() throws IOException {
        Map<ComponentPath, LocalFile> files = new LinkedHashMap<>();
        Map<String, String> ignored = new TreeMap<>();
        for (String name : names()) {
            Optional<ComponentPath> path = ComponentPath.find(name);
            if (path.isEmpty()) {
                ignored.put(name, "is not category/name.py");
                continue;
            }
            String problem = problem(path.get());
            if (problem != null) {
                ignored.put(name, problem);
                continue;
            }
            find(path.get()).ifPresent(file -> files.put(path.get(), file));
        }
        return new Listing(files, ignored);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> tree =
                Files.find(root, 2, (path, attributes) -> path.toString().endsWith(".py"))) {
            return tree.map(path -> root.relativize(path).toString())
                    .filter(name -> !name.endsWith("__init__.py"))
                    .sorted()
                    .toList();
        }
    }

    private @Nullable String problem(ComponentPath path) throws IOException {
        Path file = file(path);
        if (Files.isSymbolicLink(file) || Files.isSymbolicLink(category(path))) {
            return "is a link";
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "is no file";
        }
        if (Files.size(file) > Components.MAX_BYTES) {
            return "has more than " + Components.MAX_BYTES + " bytes";
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file)));
            return null;
        } catch (CharacterCodingException e) {
            return "is not UTF-8";
        }
    }

    /** The local file of a component; empty when there is none. */
    Optional<LocalFile> find(ComponentPath path) throws IOException {
        if (!Files.exists(file(path), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        String problem = problem(path);
        if (problem != null) {
            throw Failure.plain(409, "the local file " + path + " " + problem);
        }
        byte[] content = Files.readAllBytes(file(path));
        return Optional.of(new LocalFile(content, ContentHash.of(content)));
    }

    /** Writes a component in place of what is there, at once. */
    void write(ComponentPath path, byte[] content) throws IOException {
        if (Files.isSymbolicLink(category(path)) || Files.isSymbolicLink(file(path))) {
            throw Failure.plain(409, "the local file " + path + " is a link");
        }
        OwnerOnly.folder(category(path));
        DurableFile.replace(file(path), content);
    }

    private Path category(ComponentPath path) {
        return root.resolve(path.category());
    }

    private Path file(ComponentPath path) {
        return category(path).resolve(path.name() + ".py");
    }
}

package io.synapse.sdk.embedded.internal.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.embedded.internal.PrintableText;
import io.synapse.sdk.embedded.internal.backend.Fields;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The source of a plugin that is no release: a folder of the agent's machine, or modules that were sent, or both.
 *
 * @param folder the plugin's folder; null for none
 * @param config what takes the place of its config.yaml; null for none
 * @param modules sources of Python modules by their names; they take the place of those in the folder
 */
record PluginSource(@Nullable Path folder, @Nullable ObjectNode config, SortedMap<String, String> modules) {
    private static final String PATH = "plugin_path";
    private static final String CONFIG = "config";
    private static final String MODULES = "modules";

    /** The fields of a request that say it. */
    static final Set<String> FIELDS = Set.of(PATH, CONFIG, MODULES);

    private static final String MODULE_NAME = "[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*";

    /**
     * Reads a request.
     *
     * @throws RefusedException with status 400, saying which field is wrong and why
     */
    static PluginSource parse(Fields request) {
        String path = ActionRequest.text(request, PATH);
        Map<String, String> sources = request.texts(MODULES);
        if (path == null && sources.isEmpty()) {
            throw refused("there is nothing to run: give plugin_path, a folder of the agent's machine, or modules, the"
                    + " sources of Python modules by their names");
        }
        SortedMap<String, String> modules = new TreeMap<>();
        sources.forEach((module, source) -> modules.put(name(module), source));
        Fields config = request.object(CONFIG);
        return new PluginSource(path == null ? null : folder(path), config == null ? null : config.object(), modules);
    }

    /**
     * Copies all of it to an empty folder, checked as the files of a release are.
     *
     * @return the actions that it has
     * @throws RefusedException with status 400 and what is wrong with it
     * @throws IOException when it cannot be read, or the folder cannot be written
     */
    List<PluginAction> copyTo(Path empty) throws IOException {
        if (folder != null) {
            copy(
                    new UnpackedFolder("the folder " + PrintableText.of(folder.toString()), folder, Limits.STANDARD),
                    empty);
        }
        for (String module : modules.keySet()) {
            write(modules.getOrDefault(module, ""), empty.resolve(file(module)));
        }
        Path document = empty.resolve(PluginConfig.FILE);
        if (config != null) {
            write(config.toString(), document); // JSON is YAML
        }
        if (!Files.isRegularFile(document)) {
            throw refused("there is no config.yaml that names the actions: send its content as config");
        }
        return PluginConfig.actions(read(document), config == null ? PluginConfig.FILE : CONFIG);
    }

    private static void copy(PluginFiles files, Path empty) throws IOException {
        try (PluginFiles.Opened opened = files.open()) {
            for (String path : opened.paths()) {
                Path target = empty.resolve(path);
                Files.createDirectories(target.getParent());
                try (InputStream content = opened.read(path)) {
                    Files.copy(content, target);
                }
            }
        }
    }

    private static byte[] read(Path document) throws IOException {
        if (Files.size(document) > PluginConfig.MAX_BYTES) {
            throw refused("the configuration is larger than " + PluginConfig.MAX_BYTES + " bytes");
        }
        return Files.readAllBytes(document);
    }

    /** A module in which there are others is a package: as a file beside their folder it would hide them. */
    private String file(String module) {
        boolean isPackage = modules.tailMap(module + ".").keySet().stream()
                .limit(1)
                .anyMatch(next -> next.startsWith(module + "."));
        return module.replace('.', '/') + (isPackage ? "/__init__.py" : ".py");
    }

    private static void write(String text, Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Path folder(String path) {
        Path folder = Path.of(path);
        if (!folder.isAbsolute() || !Files.isDirectory(folder)) {
            throw refused("plugin_path must be the absolute path of a folder of the agent's machine, which "
                    + PrintableText.of(path) + " is not");
        }
        return folder;
    }

    private static String name(String module) {
        if (!module.matches(MODULE_NAME)) {
            throw refused("modules: not the name of a Python module such as plugin.train: " + PrintableText.of(module));
        }
        return module;
    }

    private static RefusedException refused(String sentence) {
        return new RefusedException(400, sentence);
    }
}

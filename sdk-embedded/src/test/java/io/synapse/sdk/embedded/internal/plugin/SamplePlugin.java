package io.synapse.sdk.embedded.internal.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a plugin that nothing is wrong with, until a test changes them.
 *
 * @param files contents by paths
 */
public record SamplePlugin(Map<String, String> files) {
    /** The smallest: three files, one action. */
    public static SamplePlugin of(String code, String version) {
        return new SamplePlugin(Map.of(
                "config.yaml",
                """
                name: A sample
                code: %s
                version: "%s"
                category: custom
                actions:
                  gradio:
                    entrypoint: plugin.gradio_interface.app
                    method: serve
                """.formatted(code, version),
                "plugin/gradio_interface.py",
                "app = None\n",
                "requirements.txt",
                "gradio\n"));
    }

    /** The same with this file, in place of one of that path. */
    public SamplePlugin with(String path, String content) {
        Map<String, String> changed = new TreeMap<>(files);
        changed.put(path, content);
        return new SamplePlugin(changed);
    }

    /** The same with this config.yaml. */
    SamplePlugin config(String yaml) {
        return with("config.yaml", yaml);
    }

    /** The same without this file. */
    SamplePlugin without(String path) {
        Map<String, String> changed = new TreeMap<>(files);
        changed.remove(path);
        return new SamplePlugin(changed);
    }

    /** The same, all in one folder. */
    SamplePlugin wrapped(String folder) {
        Map<String, String> changed = new TreeMap<>();
        files.forEach((path, content) -> changed.put(folder + "/" + path, content));
        return new SamplePlugin(changed);
    }

    /** An archive of it, to which more can be added. */
    RawZip zip() {
        RawZip zip = new RawZip();
        new TreeMap<>(files).forEach(zip::file);
        return zip;
    }

    /** An archive of it, as it is uploaded. */
    public InputStream archive() {
        return new ByteArrayInputStream(zip().bytes());
    }

    /** Unpacks it into a folder, which is made, and gives that. */
    public Path unpack(Path folder) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
        }
        return folder;
    }
}

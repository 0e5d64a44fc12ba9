package io.synapse.sdk.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plugin that says what it was given: {@code speaker@1.0.0}, with the actions gradio, train and fail. */
public final class PluginSources {
    private static final String CONFIG = """
            code: speaker
            name: Speaker
            version: 1.0.0
            category: custom
            actions:
              gradio: {entrypoint: plugin.gradio_interface.app}
              train: {entrypoint: plugin.train.main, method: job}
              fail: {entrypoint: plugin.fail.main, method: job}
            """;

    /** It writes beside its files, as training does, and finds its own modules from there. */
    private static final String TRAIN = """
            import json, os
            from plugin.words import greeting
            params = json.loads(os.environ["PLUGIN_PARAMS"])
            print(greeting, os.environ["PLUGIN_ACTION"], os.environ.get("PLUGIN_LANGUAGE"))
            print(json.dumps(params, ensure_ascii=False, sort_keys=True))
            print(sorted(name for name in os.listdir(".") if not name.startswith("__")))
            open("weights.bin", "w").write("trained")
            """;

    private PluginSources() {}

    /** Writes the files of the plugin to a folder in this one, and gives that. */
    public static Path write(Path parent) throws IOException {
        Path folder = parent.resolve("speaker");
        Files.createDirectories(folder.resolve("plugin"));
        Files.writeString(folder.resolve("config.yaml"), CONFIG);
        Files.writeString(folder.resolve("plugin/gradio_interface.py"), "app = None\n");
        Files.writeString(folder.resolve("plugin/words.py"), "greeting = 'hello'\n");
        Files.writeString(folder.resolve("plugin/train.py"), TRAIN);
        Files.writeString(folder.resolve("plugin/fail.py"), "raise SystemExit(7)\n");
        return folder;
    }
}

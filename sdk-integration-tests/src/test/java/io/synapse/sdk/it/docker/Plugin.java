package io.synapse.sdk.it.docker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A plugin to put into a zip or a folder. Immutable: each method gives a changed copy. */
record Plugin(String code, String version, Map<String, String> files) {
    /** The page of a plugin that starts at once: it answers with its parameters and the word in the variable GREETING. */
    private static final String QUICK_PAGE = """
            import http.server, os

            class Page(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write((os.environ["PLUGIN_PARAMS"] + os.environ.get("GREETING", "")).encode())

            print("serving")
            http.server.ThreadingHTTPServer(("0.0.0.0", 7860), Page).serve_forever()
            """;

    private static final String GRADIO_PAGE = """
            import json, os
            import gradio

            factor = json.loads(os.environ["PLUGIN_PARAMS"])["factor"]

            def scale(number):
                return number * factor

            gradio.Interface(scale, "number", "number", title="Scale", api_name="scale").launch()
            """;

    /** One whose page is there at once. */
    static Plugin quick(String code, String version) {
        return of(code, version, QUICK_PAGE);
    }

    /** One with a real Gradio page, which multiplies a number by the parameter "factor". */
    static Plugin gradio(String code, String version) {
        return of(code, version, GRADIO_PAGE);
    }

    /** One whose image takes an hour to build: pip waits for a package that sleeps. */
    static Plugin slowToBuild(String code, String version) {
        return quick(code, version)
                .with("requirements.txt", "./slow\n")
                .with("slow/setup.py", "import time\nprint('waiting', flush=True)\ntime.sleep(3600)\n");
    }

    /** One whose page is this program. */
    static Plugin of(String code, String version, String program) {
        String config = """
                code: %s
                name: A plugin of a test
                version: "%s"
                category: neural_net
                actions:
                  gradio:
                    entrypoint: plugin.gradio_interface.app
                    method: job
                """.formatted(code, version);
        return new Plugin(code, version, Map.of("config.yaml", config, "plugin/gradio_interface.py", program));
    }

    /** The same with one more file. */
    Plugin with(String path, String content) {
        Map<String, String> all = new LinkedHashMap<>(files);
        all.put(path, content);
        return new Plugin(code, version, all);
    }

    /** Its release. */
    String reference() {
        return code + "@" + version;
    }

    /** Writes it as a zip into a folder. */
    Path zipInto(Path folder) throws IOException {
        Path zip = folder.resolve(code + "-" + version + ".zip");
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(file)) {
            for (Map.Entry<String, String> content : files.entrySet()) {
                entries.putNextEntry(new ZipEntry(content.getKey()));
                entries.write(content.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return zip;
    }

    /** Writes it unpacked into a folder of its own in there. */
    Path unpackedInto(Path folder) throws IOException {
        Path unpacked = folder.resolve(code + "-" + version);
        for (Map.Entry<String, String> content : files.entrySet()) {
            Path file = unpacked.resolve(content.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, content.getValue());
        }
        return unpacked;
    }
}

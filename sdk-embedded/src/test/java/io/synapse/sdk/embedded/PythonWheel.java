package io.synapse.sdk.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A Python package of one module, which pip installs without asking anybody for anything. */
public final class PythonWheel {
    private PythonWheel() {}

    /**
     * Makes one.
     *
     * @param folder where to
     * @param name of the package and of its module
     * @param source of the module
     * @return what to require, in pip's words
     */
    public static String write(Path folder, String name, String source) throws IOException {
        Path wheel = folder.resolve(name + "-1-py3-none-any.whl");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
            add(zip, name + ".py", source);
            add(zip, name + "-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: " + name + "\nVersion: 1\n");
            add(zip, name + "-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
            add(zip, name + "-1.dist-info/RECORD", "");
        }
        return name + " @ " + wheel.toUri();
    }

    private static void add(ZipOutputStream zip, String path, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(path));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}

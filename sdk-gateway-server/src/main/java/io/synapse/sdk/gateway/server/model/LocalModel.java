package io.synapse.sdk.gateway.server.model;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.gateway.server.model.internal.local.ModelProcesses;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A model in a GGUF file on this machine, run by llama.cpp ({@code de.kherud:llama}) in a process of its own: the binding
 * keeps memory and a thread after its end, and an error in it would end this JVM. The process starts with the first answer,
 * does one answer after the other, and ends with {@link #close} or with this JVM.
 *
 * <p>Answers are at most 1024 tokens, forced to the form of the schema by a grammar, with lists of at most 3 items and texts
 * of at most 80 characters, and the same for the same prompt (temperature 0). Prompt and answer have 4096 tokens together. A small model gives answers of the right form and of little
 * use: this is for tests and demonstrations (wire/gateway.md, section 8).
 *
 * <p>Safe for use by several threads, whose answers wait for one another.
 */
public final class LocalModel implements LanguageModel {
    private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);

    private final String name;
    private final ModelProcesses processes;

    private LocalModel(String name, ModelProcesses processes) {
        this.name = name;
        this.processes = processes;
    }

    /**
     * The model in a file.
     *
     * @throws BadRequestException when this is no GGUF file, or {@code de.kherud:llama} is not on the class path
     */
    public static LocalModel of(Path file) {
        requireGguf(file);
        String fileName = String.valueOf(file.getFileName());
        String name = "local/" + fileName.replaceFirst("(?i)\\.gguf$", "");
        return new LocalModel(name, new ModelProcesses(name, file.toAbsolutePath()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String generate(ModelPrompt prompt, Consumer<String> pieces) throws InterruptedException {
        return processes.generate(prompt, pieces);
    }

    @Override
    public void close() {
        processes.close();
    }

    /** Its name. */
    @Override
    public String toString() {
        return name;
    }

    private static void requireGguf(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            if (!Arrays.equals(content.readNBytes(MAGIC.length), MAGIC)) {
                throw BadRequestException.refused("no GGUF file: " + file);
            }
        } catch (IOException e) {
            throw BadRequestException.refused(
                    "the model cannot be read: " + file + " (" + e.getClass().getSimpleName() + ")");
        }
    }
}

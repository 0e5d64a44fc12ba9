package io.synapse.sdk.gateway.server.model.internal.local;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.Pair;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * The process of a model: reads frames from its input, generates on one thread, and writes frames to its output. It ends
 * with its input, that is with whoever started it.
 */
public final class ModelMain {
    private static final int CONTEXT_TOKENS = 4096;
    private static final int MAX_TOKENS = 1024;
    private static final int SEED = 1;

    private final LlamaModel model;
    private final DataOutputStream output;
    private final ExecutorService generator = Executors.newSingleThreadExecutor();
    private final Set<Integer> cancelled = ConcurrentHashMap.newKeySet();

    private ModelMain(LlamaModel model, DataOutputStream output) {
        this.model = model;
        this.output = output;
    }

    /**
     * Runs until the input ends.
     *
     * @param arguments the path of the model
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream real = System.out;
        System.setOut(System.err); // the binding writes to it
        DataOutputStream output = new DataOutputStream(new BufferedOutputStream(real));
        try (DataInputStream input = new DataInputStream(new BufferedInputStream(System.in))) {
            ModelParameters parameters = new ModelParameters()
                    .setModel(arguments[0])
                    .setCtxSize(CONTEXT_TOKENS)
                    .disableLog();
            new ModelMain(new LlamaModel(parameters), output).serve(input);
        } catch (EOFException e) {
            removeFolder(Path.of(System.getProperty("java.io.tmpdir")));
            Runtime.getRuntime().halt(0); // threads of the binding would keep the JVM
        } catch (RuntimeException e) { // the exception of the binding is not public
            System.err.println("the model cannot be loaded: " + e.getMessage());
            Runtime.getRuntime().halt(1);
        }
    }

    /** Whoever started this process has gone, and cannot do it. */
    private static void removeFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(folder);
    }

    private void serve(DataInputStream input) throws IOException {
        List<String> texts = new ArrayList<>();
        while (true) {
            Frame frame = Frame.read(input);
            switch (frame.kind()) {
                case INSTRUCTIONS, TURN -> texts.add(frame.text());
                case GENERATE -> {
                    List<String> conversation = List.copyOf(texts);
                    texts.clear();
                    generator.execute(() -> generate(frame.answer(), conversation, frame.text()));
                }
                case CANCEL -> cancelled.add(frame.answer());
                default -> throw new IOException("unexpected frame " + frame.kind());
            }
        }
    }

    private void generate(int answer, List<String> conversation, String schema) {
        try {
            write(new Frame(answer, Frame.Kind.END, answerTo(answer, conversation, schema)));
        } catch (RuntimeException e) { // the exception of the binding is not public
            write(new Frame(answer, Frame.Kind.FAILURE, String.valueOf(e.getMessage())));
        } finally {
            cancelled.remove(answer);
        }
    }

    private String answerTo(int answer, List<String> conversation, String schema) {
        String prompt = prompt(conversation);
        int length = model.encode(prompt).length;
        if (length > CONTEXT_TOKENS - MAX_TOKENS) { // the binding would leave out a part of it
            throw new IllegalArgumentException(
                    "the prompt has " + length + " tokens, more than " + (CONTEXT_TOKENS - MAX_TOKENS));
        }
        InferenceParameters parameters = new InferenceParameters(prompt)
                .setGrammar(LlamaModel.jsonSchemaToGrammar(schema))
                .setTemperature(0)
                .setCachePrompt(false) // what is left of the last answer changes the rounding of this one
                .setSeed(SEED)
                .setNPredict(MAX_TOKENS);
        StringBuilder text = new StringBuilder();
        if (cancelled.contains(answer)) {
            return "";
        }
        LlamaIterator tokens = model.generate(parameters).iterator();
        while (tokens.hasNext()) {
            LlamaOutput token = tokens.next();
            if (cancelled.contains(answer)) {
                tokens.cancel();
                break;
            }
            if (!token.text.isEmpty()) {
                text.append(token.text);
                write(new Frame(answer, Frame.Kind.PIECE, token.text));
            }
        }
        return text.toString();
    }

    /** The conversation in the words of the model's own template. */
    private String prompt(List<String> conversation) {
        List<Pair<String, String>> turns = new ArrayList<>();
        for (String each : conversation.subList(1, conversation.size())) {
            turns.add(new Pair<>(turns.size() % 2 == 0 ? "user" : "assistant", each));
        }
        return model.applyTemplate(new InferenceParameters("").setMessages(conversation.get(0), turns));
    }

    /** Whoever cannot be written to has gone. */
    private void write(Frame frame) {
        try {
            frame.write(output);
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }
}

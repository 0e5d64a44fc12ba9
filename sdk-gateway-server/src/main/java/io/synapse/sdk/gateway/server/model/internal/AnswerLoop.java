package io.synapse.sdk.gateway.server.model.internal;

import io.synapse.sdk.gateway.server.AgentException;
import io.synapse.sdk.gateway.server.AgentException.Kind;
import io.synapse.sdk.gateway.server.model.ModelPrompt;
import io.synapse.sdk.gateway.server.model.internal.ModelChain.Generated;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Performs a task: asks, reads the answer, and has the model repair it once when it does not have its form. The text of the
 * repair is not among the pieces, which are those of one answer.
 */
public final class AnswerLoop {
    /** Providers refuse turns without a text. */
    private static final String NO_TEXT = "(no text)";

    private AnswerLoop() {}

    /**
     * The answer to a task. Its field {@code source} names the model.
     *
     * @throws AgentException when there is none
     */
    public static <R> R perform(AgentTask<?, R> task, ModelChain chain, Consumer<String> pieces)
            throws InterruptedException {
        Generated first = chain.generate(task.prompt(), pieces);
        Map<String, Object> more = Map.of("source", source(first.model().name()), task.timeField(), Instant.now());
        try {
            return task.result(first.text(), more);
        } catch (InvalidAnswerException e) {
            return repaired(task, first, String.valueOf(e.getMessage()), more);
        }
    }

    /** The source of the answers of a model (wire/gateway.md, section 7). */
    public static String source(String model) {
        return "model:" + model;
    }

    private static <R> R repaired(AgentTask<?, R> task, Generated first, String why, Map<String, Object> more)
            throws InterruptedException {
        ModelPrompt prompt = task.prompt()
                .continued(
                        first.text().isBlank() ? NO_TEXT : first.text(),
                        "This is not a valid answer: " + why
                                + "\nAnswer again, with nothing but a JSON object of the schema.");
        try {
            return task.result(first.model().generate(prompt, piece -> {}), more);
        } catch (AgentException e) {
            throw e.partialText(first.text());
        } catch (InvalidAnswerException e) {
            throw new AgentException(
                            Kind.INVALID,
                            "the model " + first.model().name()
                                    + " gave no answer of the form that was asked for, in two attempts",
                            e)
                    .partialText(first.text());
        }
    }
}

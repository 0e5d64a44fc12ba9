package io.synapse.sdk.gateway.server.model;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a model is asked. Immutable.
 *
 * @param instructions what it is told before the conversation
 * @param turns the conversation: what the user says, what the model answered, and so on; an odd number, as the user has
 *     the last word
 * @param schema the JSON schema of the answer, as JSON text; a model that can be forced to its form is to be forced
 */
public record ModelPrompt(String instructions, List<String> turns, String schema) {
    /** Copies the list. */
    public ModelPrompt {
        Objects.requireNonNull(instructions, "instructions");
        turns = List.copyOf(turns);
        Objects.requireNonNull(schema, "schema");
    }

    /** The same conversation, continued by what the model answered and what the user says to that. */
    public ModelPrompt continued(String answer, String reply) {
        return new ModelPrompt(
                instructions,
                Stream.concat(turns.stream(), Stream.of(answer, reply)).toList(),
                schema);
    }
}

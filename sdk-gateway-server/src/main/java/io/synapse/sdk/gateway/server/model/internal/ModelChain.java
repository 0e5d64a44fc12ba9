package io.synapse.sdk.gateway.server.model.internal;

import io.synapse.sdk.gateway.server.AgentException;
import io.synapse.sdk.gateway.server.AgentException.Kind;
import io.synapse.sdk.gateway.server.model.LanguageModel;
import io.synapse.sdk.gateway.server.model.ModelPrompt;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks models one after the other until one answers. Another attempt is made, or another model asked, only as long as
 * nothing of an answer has come, unless the caller allows that its text begins anew: texts of two attempts are never joined.
 * Immutable.
 */
public final class ModelChain {
    /** Before an attempt for which the model named no time. */
    private static final Duration DEFAULT_DELAY = Duration.ofMillis(500);

    private static final Set<Kind> PASSING = Set.of(Kind.UNAVAILABLE, Kind.OVERLOADED);

    /** A model whose time is over had all of it: it is not asked again, but another one is. */
    private static final Set<Kind> OF_THIS_MODEL = Set.of(Kind.UNAVAILABLE, Kind.OVERLOADED, Kind.DEADLINE);

    private final List<LanguageModel> models;
    private final int attempts;
    private final Duration maxDelay;
    private final Pause pause;

    /** Waits on the caller's thread. */
    @FunctionalInterface
    public interface Pause {
        /** Waits so long. */
        void of(Duration delay) throws InterruptedException;
    }

    /**
     * A chain of models.
     *
     * @param models in the order in which they are asked; at least one
     * @param attempts how often each is asked at most
     * @param maxDelay the longest wait between two attempts; a model that asks for more is not asked again
     * @param pause waits between attempts
     */
    public ModelChain(List<LanguageModel> models, int attempts, Duration maxDelay, Pause pause) {
        this.models = List.copyOf(models);
        this.attempts = attempts;
        this.maxDelay = maxDelay;
        this.pause = pause;
    }

    /** The text of a model that answered. */
    record Generated(LanguageModel model, String text) {}

    /** The models, in the order in which they are asked. */
    public List<LanguageModel> models() {
        return models;
    }

    /**
     * The answer of the first model that has one.
     *
     * @throws AgentException when none had; with what came of the answer that broke off
     */
    Generated generate(ModelPrompt prompt, Consumer<String> pieces) throws InterruptedException {
        AgentException failure = null;
        DeliveredText delivered = new DeliveredText(pieces);
        for (LanguageModel model : models) {
            for (int attempt = 1; attempt <= attempts; attempt++) {
                delivered.begin();
                try {
                    return new Generated(model, model.generate(prompt, delivered));
                } catch (AgentException e) {
                    failure = delivered.isEmpty() ? e : e.partialText(delivered.text());
                    if (!delivered.mayBeginAnew() || !OF_THIS_MODEL.contains(e.kind())) {
                        throw failure;
                    }
                }
                if (attempt < attempts && !waited(failure)) {
                    break;
                }
            }
        }
        throw failed(failure);
    }

    /** Returns whether the model may be asked again. */
    private boolean waited(AgentException failure) throws InterruptedException {
        Duration delay = failure.retryAfter().orElse(DEFAULT_DELAY);
        if (!PASSING.contains(failure.kind()) || delay.compareTo(maxDelay) > 0) {
            return false;
        }
        pause.of(delay);
        return true;
    }

    private static AgentException failed(@Nullable AgentException failure) {
        return failure == null ? new AgentException(Kind.INTERNAL, "the agent has no model", null) : failure;
    }
}

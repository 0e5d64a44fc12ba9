package io.synapse.sdk.experiments.internal.config;

import io.synapse.sdk.experiments.internal.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Configs that wait to be checked by a worker, which can do what the server cannot: run the training program
 * (wire/experiments.md, section 16). They are in memory only, as whoever asked is waiting. Thread-safe.
 */
public final class WorkerChecks {
    private static final int MOST = 100;

    private final Duration patience;
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();

    private record Asked(String host, String config, CompletableFuture<Optional<Answer>> answer) {}

    /**
     * What a worker found.
     *
     * @param exitCode of its program: 0 when the config is right
     * @param output of the program, its end when it is long
     */
    public record Answer(int exitCode, String output) {
        /** The last line that says something; empty when none does. */
        String lastLine() {
            List<String> lines = output.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        }

        /** What is wrong by it, if something is. */
        public Optional<ConfigProblem> problem(String host) {
            String reason = lastLine().isEmpty() ? "the check ended with " + exitCode : lastLine();
            return exitCode == 0 ? Optional.empty() : Optional.of(new ConfigProblem("", 1, host + ": " + reason));
        }
    }

    /** Waits for answers for so long. */
    public WorkerChecks(Duration patience) {
        this.patience = patience;
    }

    /**
     * Has a worker check a config.
     *
     * @return what it finds; empty when it does not say so in time
     * @throws Failure 503 when too many are waiting
     */
    public CompletableFuture<Optional<Answer>> ask(String host, String config) {
        if (asked.size() >= MOST) {
            throw Failure.of(503, "Service Unavailable", "too many configs are being checked; try again later");
        }
        CompletableFuture<Optional<Answer>> answer = new CompletableFuture<>();
        String id = UUID.randomUUID().toString();
        asked.put(id, new Asked(host, config, answer));
        answer.completeOnTimeout(Optional.empty(), patience.toMillis(), TimeUnit.MILLISECONDS);
        return answer.whenComplete((found, failure) -> asked.remove(id));
    }

    /** The ids of those that this worker is to check. */
    public List<String> of(String host) {
        return asked.entrySet().stream()
                .filter(each -> each.getValue().host().equals(host))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The config of a check.
     *
     * @throws Failure 404 when nobody waits for it any more
     */
    public String config(String id) {
        return waiting(id).config();
    }

    /**
     * Answers.
     *
     * @throws Failure 404 when nobody waits for it any more
     */
    public void answer(String id, Answer found) {
        waiting(id).answer().complete(Optional.of(found));
    }

    private Asked waiting(String id) {
        Asked waiting = asked.get(id);
        if (waiting == null) {
            throw Failure.notFound("nobody waits for check " + id);
        }
        return waiting;
    }
}

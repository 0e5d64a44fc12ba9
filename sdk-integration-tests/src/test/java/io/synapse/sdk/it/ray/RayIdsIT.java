package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.RayClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An id names its own job, or is refused before anything is sent: never another job. Ray's dashboard puts a submission
 * id into the URL of another process without encoding it, so that {@code keep?x} becomes {@code keep} there.
 */
@Timeout(180)
@Tag("one-jdk")
class RayIdsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int IDS = 300;

    /** How many of them a job is submitted under. */
    private static final int JOBS = 60;

    private static final long SEED = 20_261_128;

    /** Jobs that another id may be mistaken for. */
    private static final List<String> KEPT = List.of("keep", "keep me", "kéép", "50", "x", "*");

    private static final String CHARACTERS =
            "*[]&=+;:@~!$'\"<>|^`,() .-_\u00a0\u200b\u202e\ufeff\ufffd\uffff\ud83d\ude80漢ßİﬁ";

    private static final List<String> PLAIN = Stream.concat(
                    Stream.of(
                            "keep",
                            "keep me",
                            "kéép",
                            "50",
                            "x",
                            "KEEP",
                            "ke\u0301e\u0301p",
                            "logs",
                            "..",
                            "--",
                            "$(id)"),
                    CHARACTERS.codePoints().mapToObj(Character::toString))
            .toList();

    private static final List<String> HOSTILE = List.of(
            "?x", "?", "#2", "#", "%", "%25", "%3F", "%2F", "%252F", "%2e%2e", "%00", "%C3%A9", "%zz", "/", "//", "/..",
            "\\", "{", "}", "{id}", "/logs", "/stop", "\t", "\n", "\r", "\u0000", "\u001b", "\u007f", "\u0085",
            "\u2028", "\u2029", "\ud83d", "\ude80");

    private final Random random = new Random(SEED);

    @Test
    void anyIdNamesItsOwnJobOrIsRefused() throws Exception {
        try (RayCluster cluster = RayCluster.start();
                RayClient client = cluster.client()) {
            KEPT.forEach(id -> submit(client, id, "echo the log of its own"));
            Set<String> ids = ids();
            Set<String> taken =
                    ids.stream().filter(id -> !isRefused(client, id)).collect(Collectors.toSet());
            assertThat(taken).hasSizeBetween(IDS / 5, IDS / 2);

            // these fail without a process of theirs, since there is no such package
            JobSubmission failing = JobSubmission.of("true").workingDir("gcs://_ray_pkg_0000000000000000.zip");
            assertThat(all(taken, id -> client.async().submitJob(failing.submissionId(id))))
                    .isEqualTo(taken);
            await().atMost(PATIENCE)
                    .until(() -> client.listJobs().stream()
                            .allMatch(job -> job.status().isTerminal()));
            assertThat(all(taken, id -> client.async().getJob(id).thenApply(Job::submissionId)))
                    .isEqualTo(taken);
            for (String id : taken) {
                assertThatExceptionOfType(BadRequestException.class)
                        .isThrownBy(() -> client.stopJob(id))
                        .withMessageContaining(id + " is over already");
            }

            Set<String> deleted =
                    taken.stream().filter(id -> random.nextBoolean()).collect(Collectors.toSet());
            all(deleted, id -> client.async().deleteJob(id).thenApply(done -> id));

            taken.removeAll(deleted);
            taken.addAll(KEPT);
            assertThat(client.listJobs().stream().map(Job::submissionId)).containsExactlyInAnyOrderElementsOf(taken);
            for (String id : KEPT) {
                assertThat(client.getJob(id).status()).isEqualTo(JobStatus.SUCCEEDED);
                assertThat(client.getJobLogs(id)).contains("the log of its own\n");
            }
        }
    }

    /** A submission under such an id would be found as the driver of that id, once there is one. */
    @Test
    void theFormOfADriversIdIsNotForSubmissions() {
        try (RayClient client =
                RayClient.builder().baseUrl("http://127.0.0.1:1").build()) {
            assertThatExceptionOfType(BadRequestException.class)
                    .isThrownBy(() -> submit(client, "01000000", "true"))
                    .withMessageContaining("eight hexadecimal digits");
        }
    }

    /** Different ids, about half of which hold something that no id may. */
    private Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        while (ids.size() < IDS) {
            List<String> pieces = new ArrayList<>();
            random.ints(1 + random.nextInt(3), 0, PLAIN.size()).forEach(index -> pieces.add(PLAIN.get(index)));
            if (random.nextInt(5) < 3) {
                pieces.add(random.nextInt(pieces.size() + 1), HOSTILE.get(random.nextInt(HOSTILE.size())));
            }
            ids.add(String.join("", pieces));
        }
        KEPT.forEach(ids::remove);
        return ids;
    }

    /** Whether every operation refuses the id; if none does, there is no job of that id yet. */
    private static boolean isRefused(RayClient client, String id) {
        Set<Class<?>> outcomes = Stream.<ThrowingCallable>of(
                        () -> client.getJob(id),
                        () -> client.getJobLogs(id),
                        () -> client.tailJobLogs(id).close(),
                        () -> client.stopJob(id),
                        () -> client.deleteJob(id),
                        () -> client.waitForJob(id, PATIENCE))
                .map(call -> (ClientException) catchThrowable(call))
                .filter(Objects::nonNull) // a tail that was closed before it was read
                .peek(failure ->
                        assertThat(failure.attempts() == 0).as(id).isEqualTo(failure instanceof BadRequestException))
                .map(ClientException::getClass)
                .collect(Collectors.toSet());
        assertThat(outcomes).as(id).hasSize(1).isSubsetOf(BadRequestException.class, NotFoundException.class);
        boolean refused = outcomes.contains(BadRequestException.class);
        if (refused) {
            assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> submit(client, id, "true"));
        }
        return refused;
    }

    private static void submit(RayClient client, String id, String entrypoint) {
        assertThat(client.submitJob(JobSubmission.of(entrypoint).submissionId(id)))
                .isEqualTo(id);
    }

    private static Set<String> all(Set<String> ids, Function<String, CompletableFuture<String>> call) {
        return ids.stream().map(call).toList().stream()
                .map(CompletableFuture::join)
                .collect(Collectors.toSet());
    }
}

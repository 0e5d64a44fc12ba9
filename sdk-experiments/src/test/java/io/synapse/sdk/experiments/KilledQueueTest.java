package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the queue of a server that is killed with signal 9 has when it comes back. */
@Timeout(240)
@Tag("one-jdk")
class KilledQueueTest {
    @TempDir
    Path folder;

    @Test
    void eachAcknowledgedJobIsThereOnceInItsOrderAndTheOthersAreFoundByTheirKeys() throws Exception {
        Path data = folder.resolve("data");
        List<String> acknowledged = new ArrayList<>();
        Map<String, CompletableFuture<HttpResponse<String>>> underWay = new LinkedHashMap<>();
        String running;
        try (ExperimentsProcess server = ExperimentsProcess.start(folder, data)) {
            Caller caller = server.caller();
            running = caller.add("running");
            caller.next("w");
            caller.ok(caller.confirm(running, 1));
            for (int index = 0; index < 100; index++) {
                acknowledged.add(uid(caller.send(submission(caller, "first-" + index))));
            }
            for (int index = 0; index < 20; index++) {
                underWay.put("later-" + index, caller.later(submission(caller, "later-" + index)));
            }
            CompletableFuture.anyOf(underWay.values().toArray(CompletableFuture[]::new))
                    .join();
            server.kill();
        }

        try (ExperimentsProcess server = ExperimentsProcess.start(folder, data)) {
            Caller caller = server.caller();
            Set<String> inTime = new HashSet<>();
            for (CompletableFuture<HttpResponse<String>> answer : underWay.values()) {
                answer.handle((response, failure) -> response == null || inTime.add(uid(response)))
                        .join();
            }
            assertThat(inTime).isNotEmpty();
            List<String> before = queued(caller);
            assertThat(before).doesNotHaveDuplicates().containsAll(acknowledged).containsAll(inTime);
            assertThat(before.subList(0, 100)).isEqualTo(acknowledged);
            assertThat(before.size()).isLessThanOrEqualTo(120);

            Set<String> later = new HashSet<>();
            for (String key : underWay.keySet()) {
                later.add(uid(caller.send(submission(caller, key))));
                later.add(uid(caller.send(submission(caller, key))));
            }
            assertThat(later).hasSize(20).containsAll(inTime);
            List<String> all = queued(caller);
            assertThat(all).hasSize(120).doesNotHaveDuplicates().startsWith(before.toArray(String[]::new));

            assertThat(caller.job(running).path("status").asText()).isEqualTo("running");
            assertThat(caller.complete(running, 1, 0).statusCode()).isEqualTo(200);
            assertThat(caller.job(running).path("status").asText()).isEqualTo("completed");
        }
    }

    @Test
    void noNumberOfAnAttemptIsGivenTwiceAndNoEventIsMissing() throws Exception {
        Path data = folder.resolve("data");
        Set<String> given = new HashSet<>();
        long lastId = 0;
        for (int kill = 0; kill < 3; kill++) {
            try (ExperimentsProcess server = ExperimentsProcess.start(folder, data)) {
                Caller caller = server.caller();
                String id = Long.toString(lastId);
                try (EventReader reader = new EventReader(caller, "/api/events/stream", id)) {
                    assertThat(reader.next().id()).isEqualTo(id);
                    for (int index = 0; index < 10; index++) {
                        caller.add("job");
                        JsonNode job = caller.next("w");
                        assertThat(given.add(job.path("experiment_uid").asText() + job.path("attempt")))
                                .isTrue();
                    }
                    for (int index = 0; index < 20; index++) {
                        lastId++;
                        assertThat(reader.next("queue_update").id()).isEqualTo(Long.toString(lastId));
                    }
                }
                server.kill();
            }
        }
    }

    private static HttpRequest submission(Caller caller, String key) {
        return caller.request("/api/queue/add")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(Json.text(Map.of("config", "a: 1", "name", key))))
                .build();
    }

    private static String uid(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.tree(response.body()).path("job").path("experiment_uid").asText();
    }

    /** The uids of what waits, the next first. */
    private static List<String> queued(Caller caller) throws Exception {
        List<String> uids = new ArrayList<>();
        JsonNode page = caller.ok(caller.get("/api/queue/list?status=queued&limit=1000"));
        for (JsonNode job : page.path("jobs")) {
            uids.add(0, job.path("experiment_uid").asText());
            assertThat(job.path("position").asInt())
                    .isEqualTo(page.path("total").asInt() - uids.size() + 1);
        }
        return uids;
    }
}

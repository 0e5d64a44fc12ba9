package io.synapse.sdk.experiments.internal.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.Names;
import io.synapse.sdk.experiments.internal.RunningTime;
import io.synapse.sdk.experiments.internal.config.Config;
import io.synapse.sdk.experiments.internal.config.ConfigException;
import io.synapse.sdk.internal.value.Sha256;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Takes jobs into the queue: each request once, however often it is sent, if it has a key. All jobs of a request, their
 * events and the answer are one transaction, and the caller has its answer after that. Thread-safe.
 */
public final class Submissions {
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final int UID_BYTES = 6;
    private static final String JOBS = "jobs";
    private static final String SWEEP = "sweep_id";

    private final JobQueue queue;
    private final JobDocuments documents;
    private final IdempotencyKeys keys;
    private final Function<String, Optional<String>> storedConfigs;
    private final SecureRandom random = new SecureRandom();

    /** One grid at a time: the jobs of a large one and their answer take up to a few hundred megabytes. */
    private final Semaphore expanding = new Semaphore(1);

    /**
     * What tells a request from others.
     *
     * @param key which the caller has given it; null for none
     * @param hash of its content
     */
    public record Identity(@Nullable String key, byte[] hash) {
        /** That of a request to this path with this body; another order of its names makes no other request. */
        public static Identity of(@Nullable String key, String path, JsonNode body) {
            return new Identity(key, Sha256.bytesOf(path + "\n" + Json.canonical(body)));
        }
    }

    /** Takes jobs into this queue; those that name a stored config get it from here. */
    public Submissions(
            JobQueue queue,
            JobDocuments documents,
            RunningTime time,
            Function<String, Optional<String>> storedConfigs) {
        this.queue = queue;
        this.documents = documents;
        this.keys = new IdempotencyKeys(time);
        this.storedConfigs = storedConfigs;
    }

    /**
     * Adds the job of a request, or those of all points of its grid.
     *
     * @return {@code {job}}, or {@code {job, jobs, sweep_id, total}}; of a request that was sent before, what was answered
     *     then, with {@code jobs} as they are now
     * @throws Failure 503 while another grid is expanded; when a field is not as it must be, the config cannot be used, the
     *     key was sent with another request, or there is a job of that uid
     */
    public JsonNode submit(ObjectNode body, Identity identity) {
        if (identity.key() != null) {
            IdempotencyKeys.check(identity.key());
        }
        SubmissionFields fields = new SubmissionFields(body);
        if (!fields.isExpanded()) {
            return submit(fields, identity);
        }
        if (!expanding.tryAcquire()) {
            throw Failure.of(503, "Service Unavailable", "another grid is being expanded; send it again");
        }
        try {
            return submit(fields, identity);
        } finally {
            expanding.release();
        }
    }

    private JsonNode submit(SubmissionFields fields, Identity identity) {
        Optional<JsonNode> sent = queue.transactions().read(handle -> sent(handle, identity));
        if (sent.isPresent()) {
            return sent.get();
        }
        List<NewJob> jobs = jobs(fields);
        String now = Instant.now().toString();
        List<Job> queued = jobs.stream().map(job -> job.queued(now)).toList();
        ObjectNode answer = answer(queued); // before the transaction, during which nobody else can write
        return queue.transactions().write(handle -> {
            Optional<JsonNode> sentMeanwhile = sent(handle, identity);
            if (sentMeanwhile.isPresent()) {
                return sentMeanwhile.get();
            }
            requireNew(handle, jobs.get(0).uid()); // several have uids that nobody else can have
            queue.add(handle, jobs, queued, now);
            if (identity.key() != null) {
                keys.keep(handle, identity.key(), identity.hash(), withoutJobs(answer));
            }
            return answer;
        });
    }

    /** The answer to a request that was sent before: the jobs of a sweep, which may be many, are those on record now. */
    private Optional<JsonNode> sent(Handle handle, Identity identity) {
        Optional<ObjectNode> kept =
                identity.key() == null ? Optional.empty() : keys.answer(handle, identity.key(), identity.hash());
        return kept.map(answer -> answer.has(SWEEP)
                ? answer.set(
                        JOBS,
                        documents(
                                queue.store().ofSweep(handle, answer.path(SWEEP).asText())))
                : answer);
    }

    private static String withoutJobs(ObjectNode answer) {
        ObjectNode kept = Json.MAPPER.createObjectNode();
        kept.setAll(answer);
        kept.remove(JOBS);
        return kept.toString();
    }

    private void requireNew(Handle handle, String uid) {
        if (queue.store().find(handle, uid).isPresent()) {
            throw Failure.conflict("there is a job " + uid + " already");
        }
    }

    private ObjectNode answer(List<Job> queued) {
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.set("job", Json.MAPPER.valueToTree(documents.full(queued.get(0))));
        String sweep = queued.get(0).sweep();
        if (sweep != null) {
            answer.set(JOBS, documents(queued));
            answer.put(SWEEP, sweep).put("total", queued.size());
        }
        return answer;
    }

    private ArrayNode documents(List<Job> jobs) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        jobs.forEach(job -> all.add(Json.MAPPER.<JsonNode>valueToTree(documents.full(job))));
        return all;
    }

    private List<NewJob> jobs(SubmissionFields fields) {
        Requirements.of(fields.requirements(), fields.device()); // before a config is looked for
        Priority.of(fields.value("priority"), "body");
        String path = fields.text("config_path");
        String inline = fields.config();
        String text = inline != null ? inline : stored(path);
        try {
            Config config = Config.parse(text);
            String project = project(fields, config);
            if (!fields.isExpanded()) {
                String shown = inline == null ? path : null;
                return List.of(job(fields, fields.uid(), project, text, shown, null, null));
            }
            String sweep = newUid();
            return config.expand().stream()
                    .map(point -> job(fields, null, project, point.text(), null, sweep, point.grid()))
                    .toList();
        } catch (ConfigException e) {
            throw e.failure();
        }
    }

    private String stored(@Nullable String path) {
        if (path == null) {
            throw Failure.invalid("missing", List.of("body", "config"), "Field required");
        }
        return storedConfigs.apply(path).orElseThrow(() -> Failure.badRequest("Configuration file not found: " + path));
    }

    private static String project(SubmissionFields fields, Config config) {
        String given = fields.text("project");
        Object named = given == null ? config.values().get("project") : given;
        return Names.checked("project", named == null ? "default" : String.valueOf(named));
    }

    private NewJob job(
            SubmissionFields fields,
            @Nullable String ownUid,
            String project,
            String config,
            @Nullable String path,
            @Nullable String sweep,
            @Nullable Map<String, @Nullable Object> grid) {
        String uid = ownUid == null ? newUid() : Names.checkedUid(ownUid);
        String name = fields.text("name");
        return new NewJob(
                uid,
                name == null ? uid : name,
                project,
                path == null ? "queue_logs/" + uid + "/config.yaml" : path,
                config,
                Priority.of(fields.value("priority"), "body"),
                fields.given(path == null, grid),
                Requirements.of(fields.requirements(), fields.device()),
                fields.maxRetries(),
                fields.isTrue("retry_on_failure"),
                sweep);
    }

    private String newUid() {
        byte[] bytes = new byte[UID_BYTES];
        random.nextBytes(bytes);
        return LocalDate.now(ZoneOffset.UTC).format(DAY) + "_" + HexFormat.of().formatHex(bytes);
    }

    /** Forgets keys of requests that nobody sends again. */
    public void prune() {
        queue.transactions().write(handle -> {
            keys.prune(handle);
            return true;
        });
    }
}

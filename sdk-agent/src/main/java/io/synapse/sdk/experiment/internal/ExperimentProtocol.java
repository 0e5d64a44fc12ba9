package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.experiment.ExperimentServer;
import io.synapse.sdk.experiment.SyncConflictException;
import io.synapse.sdk.internal.http.ErrorReader;
import io.synapse.sdk.internal.resilience.InFlightLimit;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a client knows of its server: which of the two dialects it speaks, which is found out with the first call
 * (wire/experiments.md, section 1). Thread-safe.
 */
public final class ExperimentProtocol implements ErrorReader, InFlightLimit {
    /** With more than 15 requests at a time the original hangs for good (wire/experiments.md, section 0). */
    static final int ORIGINAL_LIMIT = 8;

    private static final int CONFLICT = 409;
    private static final Endpoint<Map<String, @Nullable Object>> ROOT = Endpoint.get("api/", ResponseType.object());

    private final Answers answers;
    private final ExperimentDialect synapse;
    private final ExperimentDialect original;
    private volatile @Nullable ExperimentDialect known;

    /**
     * A protocol that is not known yet.
     *
     * @param zone the zone of the original's times
     */
    public ExperimentProtocol(ZoneId zone) {
        this.answers = new Answers(zone);
        this.synapse = new SynapseDialect(answers);
        this.original = new OriginalDialect(answers);
    }

    /** An operation in the dialect of the client's server. */
    public static <T extends @Nullable Object> Operation<T> with(Function<ExperimentDialect, Operation<T>> operation) {
        return Operation.forDialect(ExperimentProtocol.class, protocol -> protocol.perform(operation));
    }

    /** An operation that asks what the server is. */
    public static Operation<ExperimentServer> server() {
        return Operation.forDialect(ExperimentProtocol.class, ExperimentProtocol::probe);
    }

    /** How answers and events are read. */
    Answers answers() {
        return answers;
    }

    private <T extends @Nullable Object> Operation<T> perform(Function<ExperimentDialect, Operation<T>> operation) {
        ExperimentDialect dialect = known;
        return dialect == null ? probe().then(server -> operation.apply(dialectOf(server))) : operation.apply(dialect);
    }

    private Operation<ExperimentServer> probe() {
        return ROOT.map(answer -> {
            ExperimentServer server = answers.read(ROOT, answer, ExperimentServer.class);
            if (!server.isSynapse() && server.status() == null) { // whatever answers in its place, such as a proxy
                throw Answers.unexpected(ROOT, "it is not that of a server of experiments", null);
            }
            known = dialectOf(server);
            return server;
        });
    }

    private ExperimentDialect dialectOf(ExperimentServer server) {
        return server.isSynapse() ? synapse : original;
    }

    /** Also while the server is not known yet: it may be the original. */
    @Override
    public int maxInFlight() {
        return known instanceof SynapseDialect ? Integer.MAX_VALUE : ORIGINAL_LIMIT;
    }

    @Override
    public Meaning read(int status, @Nullable Object body) {
        Object detail = body instanceof Map<?, ?> root && root.get("detail") instanceof Map<?, ?> inner ? inner : body;
        boolean isSync = status == CONFLICT && detail instanceof Map<?, ?> fields && fields.containsKey("size");
        return isSync ? new Meaning(status, null, null, SyncConflictException::new) : new Meaning(status, null);
    }
}

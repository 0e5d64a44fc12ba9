package io.synapse.sdk.internal.resilience;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.internal.balance.AttemptResult;
import io.synapse.sdk.internal.balance.Server;
import io.synapse.sdk.internal.balance.Servers;
import io.synapse.sdk.internal.http.BaseUrl;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.http.Secrets;
import io.synapse.sdk.internal.http.StreamServers;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has the connections of streams pass the circuit breakers of calls. Thread-safe.
 *
 * @param clock the clock of the servers
 */
public record StreamAdmission(Layers layers, Servers servers, LongSupplier clock) implements StreamServers {
    @Override
    public boolean includes(BaseUrl server) {
        return servers.find(server) != null;
    }

    @Override
    public @Nullable FailedAttempt open(Endpoint<?> request, @Nullable BaseUrl only, Opening opening) {
        Server known = only == null ? null : servers.find(only);
        if (only != null && known == null) {
            return opening.at(only); // it is none of the servers any more, so that nothing is known of it
        }
        Admission admission = admission(known);
        if (admission instanceof ServerPermit permit) {
            return open(permit, opening);
        }
        BaseUrl at = (known == null ? servers.all().get(0) : known).url();
        String name =
                request.method() + " " + Secrets.NONE.mask(at.address(request).toString());
        return ((Admission.Refused) admission).failure(name, null);
    }

    private Admission admission(@Nullable Server only) {
        try {
            return layers.admitStream(servers, only);
        } catch (RuntimeException e) { // of a circuit breaker, or of who knows the servers
            throw Failures.ofPreparation(e);
        }
    }

    private @Nullable FailedAttempt open(ServerPermit permit, Opening opening) {
        long start = clock.getAsLong();
        AttemptResult result = AttemptResult.WITHDRAWN;
        try {
            FailedAttempt failed = opening.at(permit.server().url());
            boolean tells = failed == null || !opening.isInconclusive(failed.exception(1));
            result = tells ? AttemptResult.of(failed) : AttemptResult.WITHDRAWN;
            return failed;
        } finally {
            long now = clock.getAsLong();
            permit.endOpening(result, now - start, now);
        }
    }
}

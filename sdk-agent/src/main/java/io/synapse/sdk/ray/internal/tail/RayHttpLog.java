package io.synapse.sdk.ray.internal.tail;

import io.synapse.sdk.Operation;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.tail.LogConnection;
import io.synapse.sdk.internal.tail.LogSource;
import io.synapse.sdk.internal.tail.TailContext;
import io.synapse.sdk.job.Job;
import java.util.concurrent.Semaphore;

/**
 * A job's log over HTTP: the bytes of its file, followed while the job runs, read to the end once it is over.
 *
 * @param details asks for the job
 * @param failsInBand asks whether this server tells failures as the last piece of the text ({@link FileText})
 * @param slots for the files that this client may follow at the same time
 */
public record RayHttpLog(Operation<Job> details, Operation<Boolean> failsInBand, Semaphore slots) implements LogSource {
    @Override
    public LogConnection connection(HttpTransport transport, TailContext context, Resume from) {
        return new RayLogConnection(transport, context, this, from);
    }
}

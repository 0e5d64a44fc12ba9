package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.experiment.ExperimentClient;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What the parts of a worker have in common.
 *
 * @param server the server of experiments
 * @param place where jobs run
 * @param host the name of this worker
 * @param identity tells it from another worker that has been given the same name; the same for ever in one data directory
 * @param heartbeat the time between two reports
 * @param look the time between two looks at a job
 * @param longestPause between two calls to a server that is away
 */
public record WorkerParts(
        ExperimentClient server,
        JobPlace place,
        String host,
        String identity,
        Duration heartbeat,
        Duration look,
        Duration longestPause) {
    ServerContact contact(String purpose) {
        return contact(purpose, longestPause);
    }

    ServerContact contact(String purpose, Duration longest) {
        return new ServerContact(
                purpose, new Backoff(longest, () -> ThreadLocalRandom.current().nextDouble()), System::nanoTime);
    }
}

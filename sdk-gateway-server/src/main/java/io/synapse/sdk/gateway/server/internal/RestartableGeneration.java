package io.synapse.sdk.gateway.server.internal;

import io.synapse.sdk.gateway.server.RestartableConsumer;
import java.time.Clock;
import java.util.List;

/**
 * A generation whose caller allows another text in place of one that broke off, or that cannot be made again after a
 * restart of the gateway. The message {@code restarted} stands between the two (wire/gateway.md, section 8).
 */
final class RestartableGeneration extends Generation implements RestartableConsumer {
    RestartableGeneration(ResumableStream stream, List<StreamEntry> already, Clock clock) {
        super(stream, already, clock);
    }

    @Override
    public void restarted() {
        add(message("restarted", "", 0));
    }

    @Override
    void differs(List<StreamEntry> again) {
        append(message("restarted", "", 0));
        again.forEach(entry -> append(entry.fields()));
    }
}

package io.synapse.sdk.agent.internal.tail;

import io.synapse.sdk.AsyncBaseClient;
import io.synapse.sdk.BaseClient;
import io.synapse.sdk.CallOptions;
import io.synapse.sdk.ClientBuilder;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.internal.tail.LogFeed;
import java.time.Instant;

/** A client that can follow an agent's log and nothing else. */
final class TailClient extends BaseClient {
    private TailClient(Builder builder) {
        super(builder, "dialect");
    }

    private TailClient(TailClient client, CallOptions options) {
        super(client, options);
    }

    /** A view with these layers. */
    TailClient with(Resilience resilience) {
        return new TailClient(this, CallOptions.NONE.resilience(resilience));
    }

    static Builder builder(String url) {
        return new Builder().baseUrl(url);
    }

    LogStream tail(String job, TailOptions options) {
        return follow(feed(job), options);
    }

    LogPublisher publish(String job, TailOptions options) {
        return new Twin(this).follow(feed(job), options);
    }

    private static LogFeed feed(String job) {
        var status = Endpoint.get("jobs/" + job + "/", ResponseType.object());
        return LogFeed.overEither(
                LogFeed.Subject.job(job),
                status.map(answer -> new LogFeed.State(
                        new JobStatus(String.valueOf(answer.get("status"))),
                        answer.get("start_time") instanceof Number time
                                ? Instant.ofEpochMilli(time.longValue())
                                : null)),
                new AgentWebSocketLog("jobs/" + job + "/logs/"),
                new AgentHttpLog("jobs/" + job + "/logs/"));
    }

    private static final class Twin extends AsyncBaseClient {
        private final TailClient twin;

        Twin(TailClient twin) {
            super(twin);
            this.twin = twin;
        }

        @Override
        public TailClient sync() {
            return twin;
        }
    }

    /** Its builder. */
    static final class Builder extends ClientBuilder<Builder> {
        @Override
        protected Builder self() {
            return this;
        }

        TailClient build() {
            return new TailClient(this);
        }
    }
}

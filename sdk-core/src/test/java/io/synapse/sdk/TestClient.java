package io.synapse.sdk;

import java.time.Duration;
import java.util.function.Supplier;

/** The smallest facade: no operations, no dialect. */
final class TestClient extends BaseClient {
    TestClient(Builder builder) {
        super(builder, "dialect");
    }

    private TestClient(TestClient client, CallOptions options) {
        super(client, options);
    }

    /** A view with these layers. */
    TestClient view(Resilience resilience) {
        return new TestClient(this, CallOptions.NONE.resilience(resilience));
    }

    TestClient with(CallOptions options) {
        return new TestClient(this, options);
    }

    static Builder builder() {
        return new Builder();
    }

    Async async() {
        return new Async(this);
    }

    /** Its asynchronous twin. */
    static final class Async extends AsyncBaseClient {
        private final TestClient twin;

        Async(TestClient twin) {
            super(twin);
            this.twin = twin;
        }

        /** A view with these layers. */
        Async view(Resilience resilience) {
            return twin.view(resilience).async();
        }

        @Override
        public TestClient sync() {
            return twin;
        }
    }

    /** Its builder. */
    static final class Builder extends ClientBuilder<Builder> {
        @Override
        protected Builder self() {
            return this;
        }

        /** A token that is asked for. */
        Builder supplied(Supplier<String> token) {
            return token("Authorization", "Bearer ", token);
        }

        /** How long connections wait. */
        Builder idle(Duration time) {
            return maxIdle(time);
        }

        TestClient build() {
            return new TestClient(this);
        }
    }
}

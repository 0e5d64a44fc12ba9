package io.synapse.sdk.observability;

import io.synapse.sdk.AsyncBaseClient;
import io.synapse.sdk.BaseClient;
import io.synapse.sdk.CallOptions;
import io.synapse.sdk.ClientBuilder;
import io.synapse.sdk.Resilience;

/** A client without operations of its own. */
final class TestClient extends BaseClient {
    private TestClient(Builder builder) {
        super(builder, "dialect");
    }

    private TestClient(TestClient client, CallOptions options) {
        super(client, options);
    }

    TestClient view(Resilience resilience) {
        return new TestClient(this, CallOptions.NONE.resilience(resilience));
    }

    Async async() {
        return new Async(this);
    }

    static final class Async extends AsyncBaseClient {
        private final TestClient twin;

        private Async(TestClient twin) {
            super(twin);
            this.twin = twin;
        }

        @Override
        public TestClient sync() {
            return twin;
        }
    }

    static final class Builder extends ClientBuilder<Builder> {
        @Override
        protected Builder self() {
            return this;
        }

        TestClient build() {
            return new TestClient(this);
        }
    }
}

package io.synapse.sdk.gateway.grpc.internal;

import java.util.Optional;

/** What to call where a server does not implement a method, as the original with these (wire/gateway.md, section 4). */
final class Alternatives {
    private Alternatives() {}

    /** What does the same, in words for an exception. */
    static Optional<String> to(String method) {
        return Optional.ofNullable(
                switch (method) {
                    case "Process" -> "use the operation of the service that does the same";
                    case "Orchestrate" ->
                        "use the operations of the services one after the other, or a workflow of GatewayClient";
                    case "Research", "StreamAnalyze" -> "use analyze";
                    case "Build", "Test", "Deploy" -> "use execute with the command that does it";
                    default -> null;
                });
    }
}

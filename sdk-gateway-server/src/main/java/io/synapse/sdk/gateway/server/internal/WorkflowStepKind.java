package io.synapse.sdk.gateway.server.internal;

import io.synapse.sdk.gateway.grpc.GatewayService;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The steps of workflows (wire/gateway.md, section 3). */
enum WorkflowStepKind {
    PLAN("plan", GatewayService.CLAUDE),
    ANALYZE("analyze", GatewayService.GEMINI),
    GENERATE_CODE("generate_code", GatewayService.CLAUDE),
    REVIEW("review", GatewayService.GEMINI),
    EXECUTE("execute", GatewayService.CODEX),
    /** The code of a swarm. */
    CODE("code", GatewayService.CLAUDE);

    private final String action;
    private final GatewayService service;

    WorkflowStepKind(String action, GatewayService service) {
        this.action = action;
        this.service = service;
    }

    String action() {
        return action;
    }

    GatewayService service() {
        return service;
    }

    String agent() {
        return Services.nameOf(service);
    }

    /** The worker of a swarm that does it: 1 is claude, 2 is gemini. */
    int worker() {
        return service == GatewayService.GEMINI ? 2 : 1;
    }

    static Optional<WorkflowStepKind> of(String action) {
        return Stream.of(values()).filter(kind -> kind.action.equals(action)).findFirst();
    }

    /** The steps of a type of workflow: those of one list together, one list after the other. */
    static List<List<WorkflowStepKind>> stages(String type) {
        return switch (type) {
            case "pipeline" ->
                List.of(List.of(PLAN), List.of(ANALYZE), List.of(GENERATE_CODE), List.of(REVIEW), List.of(EXECUTE));
            case "parallel" -> List.of(List.of(PLAN, ANALYZE, GENERATE_CODE), List.of(REVIEW), List.of(EXECUTE));
            case "swarm" -> List.of(List.of(PLAN), List.of(CODE, ANALYZE));
            default -> throw new IllegalArgumentException("no type of workflow: " + type);
        };
    }
}

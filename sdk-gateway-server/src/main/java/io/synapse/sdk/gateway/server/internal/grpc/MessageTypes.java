package io.synapse.sdk.gateway.server.internal.grpc;

import com.google.protobuf.Descriptors;
import com.google.protobuf.Message;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import io.synapse.sdk.gateway.grpc.internal.proto.StandardHealth;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The generated classes of messages by their descriptors. */
final class MessageTypes {
    private static final Map<Descriptors.Descriptor, Message> TYPES = Stream.<Message>of(
                    AiAgent.AgentRequest.getDefaultInstance(),
                    AiAgent.AgentResponse.getDefaultInstance(),
                    AiAgent.HealthCheckRequest.getDefaultInstance(),
                    AiAgent.HealthCheckResponse.getDefaultInstance(),
                    AiAgent.PlanRequest.getDefaultInstance(),
                    AiAgent.PlanResponse.getDefaultInstance(),
                    AiAgent.GenerateCodeRequest.getDefaultInstance(),
                    AiAgent.GenerateCodeResponse.getDefaultInstance(),
                    AiAgent.OrchestrateRequest.getDefaultInstance(),
                    AiAgent.OrchestrateResponse.getDefaultInstance(),
                    AiAgent.AnalyzeRequest.getDefaultInstance(),
                    AiAgent.AnalyzeResponse.getDefaultInstance(),
                    AiAgent.ReviewCodeRequest.getDefaultInstance(),
                    AiAgent.ReviewCodeResponse.getDefaultInstance(),
                    AiAgent.ResearchRequest.getDefaultInstance(),
                    AiAgent.ResearchResponse.getDefaultInstance(),
                    AiAgent.ExecuteRequest.getDefaultInstance(),
                    AiAgent.ExecuteResponse.getDefaultInstance(),
                    AiAgent.BuildRequest.getDefaultInstance(),
                    AiAgent.BuildResponse.getDefaultInstance(),
                    AiAgent.TestRequest.getDefaultInstance(),
                    AiAgent.TestResponse.getDefaultInstance(),
                    AiAgent.DeployRequest.getDefaultInstance(),
                    AiAgent.DeployResponse.getDefaultInstance(),
                    AiAgent.StreamMessage.getDefaultInstance(),
                    StandardHealth.HealthCheckRequest.getDefaultInstance(),
                    StandardHealth.HealthCheckResponse.getDefaultInstance(),
                    StandardHealth.HealthListRequest.getDefaultInstance(),
                    StandardHealth.HealthListResponse.getDefaultInstance())
            .collect(Collectors.toMap(Message::getDescriptorForType, type -> type));

    private MessageTypes() {}

    static Message of(Descriptors.Descriptor descriptor) {
        Message type = TYPES.get(descriptor);
        if (type == null) {
            throw new IllegalArgumentException("no class for " + descriptor.getFullName());
        }
        return type;
    }
}

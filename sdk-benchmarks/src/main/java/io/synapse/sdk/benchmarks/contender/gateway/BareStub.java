package io.synapse.sdk.benchmarks.contender.gateway;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.synapse.sdk.benchmarks.contender.Token;
import io.synapse.sdk.gateway.grpc.internal.Methods;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import java.util.concurrent.TimeUnit;

/** grpc-java as its blocking stubs use it, with a deadline and a token. */
final class BareStub implements PlanCaller {
    private static final MethodDescriptor<Message, Message> CREATE_PLAN = Methods.of(
            AiAgent.getDescriptor().findServiceByName("ClaudeService"),
            "CreatePlan",
            AiAgent.PlanRequest.getDefaultInstance(),
            AiAgent.PlanResponse.getDefaultInstance());

    private final ManagedChannel connection;
    private final Channel channel;

    BareStub(String address) {
        connection = NettyChannelBuilder.forTarget(address)
                .usePlaintext()
                .disableRetry()
                .build();
        Metadata token = new Metadata();
        token.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + Token.VALUE);
        channel = ClientInterceptors.intercept(connection, MetadataUtils.newAttachHeadersInterceptor(token));
    }

    @Override
    public int steps(String task) {
        return PlanByHand.of((AiAgent.PlanResponse)
                        ClientCalls.blockingUnaryCall(channel, CREATE_PLAN, options(), request(task)))
                .checked();
    }

    /** A call that is not started yet, for callers that do not wait. */
    ClientCall<Message, Message> newCall() {
        return channel.newCall(CREATE_PLAN, options());
    }

    static AiAgent.PlanRequest request(String task) {
        return AiAgent.PlanRequest.newBuilder().setTaskDescription(task).build();
    }

    private static CallOptions options() {
        return CallOptions.DEFAULT.withDeadlineAfter(2, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        connection.shutdownNow();
    }
}

package io.synapse.sdk.benchmarks.server;

import com.google.protobuf.Message;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.synapse.sdk.gateway.grpc.internal.Methods;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * grpc-java with a plan that was made before, sent on the thread that reads: what a gateway costs beyond it is its own.
 * Runs in a process of its own, prints its address and ends with its standard input.
 */
public final class FastGrpcServer {
    private FastGrpcServer() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws IOException {
        AiAgent.PlanResponse plan = Plans.message();
        ServerServiceDefinition service = ServerServiceDefinition.builder("ai_agent.ClaudeService")
                .addMethod(
                        Methods.of(
                                AiAgent.getDescriptor().findServiceByName("ClaudeService"),
                                "CreatePlan",
                                AiAgent.PlanRequest.getDefaultInstance(),
                                AiAgent.PlanResponse.getDefaultInstance()),
                        ServerCalls.<Message, Message>asyncUnaryCall((request, answers) -> {
                            answers.onNext(plan);
                            answers.onCompleted();
                        }))
                .build();
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .directExecutor()
                .addService(service)
                .build()
                .start();
        System.out.println("127.0.0.1:" + server.getPort());
        while (System.in.read() >= 0) {
            // until whoever started it is gone
        }
        System.exit(0);
    }
}

package io.synapse.sdk.gateway.server.internal.grpc;

import com.google.protobuf.Message;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.internal.proto.StandardHealth;
import io.synapse.sdk.gateway.grpc.internal.proto.StandardHealth.HealthCheckResponse.ServingStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The standard protocol of health on the server of one service: Check, Watch and List of the service and of the server,
 * whose name is empty (wire/gateway.md, section 5). Thread-safe.
 */
final class HealthMethods {
    private final Set<String> names;
    private final List<ServerCallStreamObserver<Message>> watchers = new ArrayList<>();
    private ServingStatus status = ServingStatus.SERVING;

    HealthMethods(GatewayService service) {
        names = Set.of("", service.fullName());
    }

    ServerServiceDefinition definition() {
        Map<String, ServerCallHandler<Message, Message>> handlers = Map.of(
                "Check", ServerCalls.asyncUnaryCall((request, answers) -> check(name(request), answers)),
                "Watch", ServerCalls.asyncServerStreamingCall((request, answers) -> watch(name(request), answers)),
                "List", ServerCalls.asyncUnaryCall((request, answers) -> list(answers)));
        return ServiceMethods.definition(StandardHealth.getDescriptor().findServiceByName("Health"), handlers);
    }

    private static String name(Message request) {
        return ((StandardHealth.HealthCheckRequest) request).getService();
    }

    private synchronized StandardHealth.HealthCheckResponse answer() {
        return answer(status);
    }

    private static StandardHealth.HealthCheckResponse answer(ServingStatus status) {
        return StandardHealth.HealthCheckResponse.newBuilder().setStatus(status).build();
    }

    private void check(String name, StreamObserver<Message> answers) {
        if (!names.contains(name)) {
            answers.onError(
                    Status.NOT_FOUND.withDescription("there is no such service").asException());
            return;
        }
        answers.onNext(answer());
        answers.onCompleted();
    }

    private void list(StreamObserver<Message> answers) {
        StandardHealth.HealthListResponse.Builder all = StandardHealth.HealthListResponse.newBuilder();
        names.forEach(name -> all.putStatuses(name, answer()));
        answers.onNext(all.build());
        answers.onCompleted();
    }

    private synchronized void watch(String name, StreamObserver<Message> answers) {
        if (!names.contains(name)) {
            answers.onNext(answer(ServingStatus.SERVICE_UNKNOWN));
            return;
        }
        ServerCallStreamObserver<Message> watcher = (ServerCallStreamObserver<Message>) answers;
        watcher.setOnCancelHandler(() -> forget(watcher));
        watchers.add(watcher);
        watcher.onNext(answer());
    }

    private synchronized void forget(ServerCallStreamObserver<Message> watcher) {
        watchers.remove(watcher);
    }

    /** Tells all watchers that no further calls are taken. */
    synchronized void stopServing() {
        status = ServingStatus.NOT_SERVING;
        watchers.stream().filter(watcher -> !watcher.isCancelled()).forEach(watcher -> watcher.onNext(answer()));
    }
}

package io.synapse.sdk.gateway.grpc.internal;

import com.google.protobuf.Descriptors;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.protobuf.ProtoUtils;

/** Makes the descriptors of gRPC's methods of those of protobuf's services. */
public final class Methods {
    private Methods() {}

    /**
     * The descriptor of a method without a stream of requests.
     *
     * @param service the service
     * @param name the name of the method
     * @param request any request of its type
     * @param answer any answer of its type
     */
    public static MethodDescriptor<Message, Message> of(
            Descriptors.ServiceDescriptor service, String name, Message request, Message answer) {
        Descriptors.MethodDescriptor method = service.findMethodByName(name);
        if (method == null
                || !method.getInputType().equals(request.getDescriptorForType())
                || !method.getOutputType().equals(answer.getDescriptorForType())) {
            throw new IllegalArgumentException(service.getFullName() + " has no such method: " + name);
        }
        return MethodDescriptor.<Message, Message>newBuilder()
                .setType(method.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service.getFullName(), name))
                .setRequestMarshaller(ProtoUtils.marshaller(request.getDefaultInstanceForType()))
                .setResponseMarshaller(ProtoUtils.marshaller(answer.getDefaultInstanceForType()))
                .build();
    }
}

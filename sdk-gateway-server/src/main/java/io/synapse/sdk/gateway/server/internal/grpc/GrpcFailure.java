package io.synapse.sdk.gateway.server.internal.grpc;

import com.google.protobuf.Any;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.synapse.sdk.gateway.grpc.internal.proto.ErrorDetails;
import io.synapse.sdk.gateway.server.internal.GatewayFailure;
import io.synapse.sdk.gateway.server.internal.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Failures as a status with details: google.rpc.ErrorInfo and RetryInfo (wire/gateway.md, section 7). */
final class GrpcFailure {
    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);
    private static final String DOMAIN = "synapse";

    /** Metadata above 8 KiB may be refused. */
    private static final int LONGEST_DETAIL = 2_000;

    private GrpcFailure() {}

    /** The end of a stream for good: another attempt to go on with it would have the same failure. */
    static StatusException finalOf(GatewayFailure failure) {
        StatusException end = of(failure);
        if (end.getTrailers() != null) {
            end.getTrailers().put(PUSHBACK, "-1");
        }
        return end;
    }

    static StatusException of(GatewayFailure failure) {
        Status status = code(failure.kind()).toStatus().withDescription(shortened(failure.message()));
        ErrorDetails.ErrorInfo.Builder info = ErrorDetails.ErrorInfo.newBuilder()
                .setReason(failure.kind().word())
                .setDomain(DOMAIN);
        for (Map.Entry<String, @Nullable Object> field : failure.fields().entrySet()) {
            Object value = field.getValue();
            if (value != null && !field.getKey().equals("kind")) {
                info.putMetadata(field.getKey(), shortened(value instanceof String text ? text : Json.text(value)));
            }
        }
        ErrorDetails.Status.Builder details = ErrorDetails.Status.newBuilder()
                .setCode(status.getCode().value())
                .setMessage(shortened(failure.message()))
                .addDetails(Any.pack(info.build()));
        failure.retryAfter()
                .ifPresent(wait -> details.addDetails(Any.pack(ErrorDetails.RetryInfo.newBuilder()
                        .setRetryDelay(com.google.protobuf.Duration.newBuilder()
                                .setSeconds(wait.getSeconds())
                                .setNanos(wait.getNano()))
                        .build())));
        Metadata trailers = new Metadata();
        trailers.put(DETAILS, details.build().toByteArray());
        return status.asException(trailers);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "…";
    }

    private static Status.Code code(GatewayFailure.Kind kind) {
        return switch (kind) {
            case INVALID -> Status.Code.INVALID_ARGUMENT;
            case REFUSED -> Status.Code.PERMISSION_DENIED;
            case NOT_FOUND -> Status.Code.NOT_FOUND;
            case CONFLICT -> Status.Code.FAILED_PRECONDITION;
            case GONE -> Status.Code.OUT_OF_RANGE;
            case OVERLOADED -> Status.Code.RESOURCE_EXHAUSTED;
            case CANCELLED -> Status.Code.CANCELLED;
            case INTERNAL, INVALID_ANSWER -> Status.Code.INTERNAL;
            case UNAVAILABLE -> Status.Code.UNAVAILABLE;
            case DEADLINE -> Status.Code.DEADLINE_EXCEEDED;
        };
    }
}

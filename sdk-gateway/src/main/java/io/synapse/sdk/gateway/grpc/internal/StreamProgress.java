package io.synapse.sdk.gateway.grpc.internal;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.StreamCutException;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.value.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of a stream were delivered, and how it goes on after a cut (wire/gateway.md, section 7): numbered ones
 * after the last number; others from the start, if they are the same each time, without those that were delivered. Not
 * thread-safe.
 */
final class StreamProgress {
    /** Of the request: the stream to go on with, and the number of the last message that is not needed. */
    private static final int RESUME_STREAM_ID = 100;

    private static final int RESUME_AFTER = 101;

    private static final int OUT_OF_RANGE = 410;
    private static final int NOT_FOUND = 404;

    private final GrpcCall<?> call;
    private long delivered;
    private boolean complete;

    private String streamId = "";

    /** The number of the last message; 0 if the server does not number them. */
    private long sequence;

    /** How many of the delivered messages came since the stream was begun again. */
    private long repeated;

    private byte[] deliveredDigest = {};
    private byte[] repeatedDigest = {};

    StreamProgress(GrpcCall<?> call) {
        this.call = call;
    }

    /** Goes on after a message that an earlier reader was given. */
    void goOnAfter(String stream, long number) {
        streamId = stream;
        sequence = number;
        delivered = number;
    }

    /** The server's id of the stream, if it numbers the messages. */
    String streamId() {
        return streamId;
    }

    /** The number of the last message; 0 if the server does not number them. */
    long sequence() {
        return sequence;
    }

    /** How many messages were delivered. */
    long delivered() {
        return delivered;
    }

    /** Whether the server has marked the last message as such. */
    boolean isComplete() {
        return complete;
    }

    /** Whether the end that the server announced is that of the stream: one that numbers messages marks the last one. */
    boolean isEnd() {
        if (sequence == 0 && repeated < delivered) {
            throw cut("begun again, it has fewer messages than before", null);
        }
        return complete || sequence == 0;
    }

    /** Whether the server numbers the messages, so that it alone can continue. */
    boolean isNumbered() {
        return sequence > 0;
    }

    boolean canContinue() {
        return sequence > 0 || call.restartable();
    }

    /**
     * The call that brings the rest. One that goes on after a number has nothing else in its request, so that a server
     * that does not know these fields cannot take it for a new one.
     */
    GrpcCall<?> nextCall() {
        repeated = 0;
        repeatedDigest = new byte[0];
        if (sequence == 0) {
            return call;
        }
        Descriptor type = call.request().getDescriptorForType();
        return call.withRequest(call.request()
                .newBuilderForType()
                .setField(type.findFieldByNumber(RESUME_STREAM_ID), streamId)
                .setField(type.findFieldByNumber(RESUME_AFTER), sequence)
                .build());
    }

    /**
     * Counts a message.
     *
     * @return whether it is to be delivered; false if it was before
     * @throws StreamCutException when it is not the one that follows
     */
    boolean accept(Message message) {
        boolean isNew = message instanceof AiAgent.StreamMessage each ? acceptEach(each) : true;
        if (isNew) {
            delivered++;
            repeated = delivered;
        }
        return isNew;
    }

    private boolean acceptEach(AiAgent.StreamMessage message) {
        boolean numbered = message.getSequence() != 0;
        if (delivered > 0 && numbered != sequence > 0) {
            throw cut("only some of its messages have numbers", null);
        }
        boolean isNew = numbered ? isNextNumber(message) : !isRepetition(message);
        complete |= isNew && message.getFinal();
        return isNew;
    }

    private boolean isNextNumber(AiAgent.StreamMessage message) {
        long number = message.getSequence();
        if (delivered > 0 && !message.getStreamId().equals(streamId)) {
            throw cut("messages of another stream came", null);
        }
        if (number > 0 && number <= sequence) {
            return false;
        }
        if (number != sequence + 1) {
            throw cut("message " + number + " came after " + (sequence == 0 ? "none" : sequence), null);
        }
        streamId = message.getStreamId();
        sequence = number;
        return true;
    }

    private boolean isRepetition(AiAgent.StreamMessage message) {
        if (!call.restartable()) {
            return false;
        }
        if (repeated == delivered) {
            deliveredDigest = digest(deliveredDigest, message);
            return false;
        }
        repeatedDigest = digest(repeatedDigest, message);
        repeated++;
        if (repeated == delivered && !Arrays.equals(repeatedDigest, deliveredDigest)) {
            throw cut("begun again, it has other messages than before", null);
        }
        return true;
    }

    /** Of all messages up to this one, without what differs each time. */
    private static byte[] digest(byte[] before, AiAgent.StreamMessage message) {
        MessageDigest digest = Sha256.digest();
        digest.update(before);
        return digest.digest(
                message.toBuilder().clearStreamId().clearTimestamp().build().toByteArray());
    }

    /** The exception of a cut after which the stream did not go on. */
    StreamCutException notContinued(ClientException cause) {
        if (!canContinue()) {
            return cut("its server does not number the messages, so that it cannot be continued", cause);
        }
        return switch (cause.statusCode()) {
            case OUT_OF_RANGE -> cut("its server does not have the messages after number " + sequence, cause);
            case NOT_FOUND -> cut("its server does not know the stream any more", cause);
            default -> cut("it cannot be continued", cause);
        };
    }

    private StreamCutException cut(String why, @Nullable ClientException cause) {
        return Failures.ofCut(GrpcEngine.nameOf(call), delivered, why, cause);
    }
}

package io.synapse.sdk.gateway.grpc;

import static io.synapse.sdk.gateway.grpc.FrameServer.DATA;
import static io.synapse.sdk.gateway.grpc.FrameServer.END_HEADERS;
import static io.synapse.sdk.gateway.grpc.FrameServer.END_STREAM;
import static io.synapse.sdk.gateway.grpc.FrameServer.GOAWAY;
import static io.synapse.sdk.gateway.grpc.FrameServer.HEADERS;
import static io.synapse.sdk.gateway.grpc.FrameServer.RST_STREAM;
import static io.synapse.sdk.gateway.grpc.FrameServer.frame;
import static io.synapse.sdk.gateway.grpc.FrameServer.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.gateway.ExecuteRequest;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream goes on wherever its frames break off. */
@Timeout(60)
class GrpcStreamFramesTest {
    /** The frame of a message, without compression. */
    private static byte[] frameOf(int stream, AiAgent.StreamMessage message) throws IOException {
        byte[] bytes = message.toByteArray();
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame(
                frame,
                DATA,
                0,
                stream,
                ByteBuffer.allocate(5 + bytes.length)
                        .put((byte) 0)
                        .putInt(bytes.length)
                        .put(bytes)
                        .array());
        return frame.toByteArray();
    }

    /** Sends messages 1 and 2 to the first call and then what the fault sends; the others to the second call. */
    private static FrameServer.Answers cutBy(FrameServer.Answers fault) {
        return (out, stream, call) -> {
            byte[] head = headers(":status", "content-type", "application/grpc");
            frame(out, HEADERS, END_HEADERS, stream, head);
            for (AiAgent.StreamMessage each :
                    call == 0 ? GrpcStreamsTest.messages(1, 2) : GrpcStreamsTest.messages(3, 5)) {
                out.write(frameOf(stream, each));
            }
            if (call == 0) {
                return fault.send(out, stream, call);
            }
            byte[] ok = headers("grpc-status", "0");
            frame(out, HEADERS, END_HEADERS | END_STREAM, stream, ok);
            return true;
        };
    }

    private static void assertContinued(FrameServer.Answers fault) throws IOException {
        try (FrameServer server = new FrameServer(cutBy(fault));
                GrpcGatewayClient client = RawServer.client(server.address()).build()) {
            assertThat(GrpcStreamsTest.read(client.streamExecute(ExecuteRequest.of("make"))))
                    .containsExactly("line 1", "line 2", "line 3", "line 4", "line 5");
            assertThat(server.calls).hasSize(2);
        }
    }

    @Test
    void aConnectionThatBreaksWithinAMessageLosesNothing() throws IOException {
        AiAgent.StreamMessage third = GrpcStreamsTest.numbered("s-1", 3, false).toBuilder()
                .setContent("\u00e9\ud83d\ude00")
                .build();
        int length = frameOf(1, third).length;
        for (int sent = 0; sent < length; sent++) {
            int part = sent;
            assertContinued((out, stream, call) -> {
                out.write(frameOf(stream, third), 0, part);
                return false;
            });
        }
    }

    @Test
    void aStreamThatIsResetGoesOn() throws IOException {
        byte[] internalError = {0, 0, 0, 2};
        assertContinued((out, stream, call) -> {
            frame(out, RST_STREAM, 0, stream, internalError);
            return true;
        });
    }

    @Test
    void aStreamWhoseConnectionTheServerGivesUpGoesOn() throws IOException {
        byte[] calmDown = {0, 0, 0, 0, 0, 0, 0, 11};
        assertContinued((out, stream, call) -> {
            frame(out, GOAWAY, 0, 0, calmDown);
            return false;
        });
    }
}

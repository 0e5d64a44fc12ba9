package io.synapse.sdk.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Checkpoint;
import io.synapse.sdk.CheckpointStore;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.StreamCutException;
import io.synapse.sdk.gateway.ExecuteRequest;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams of gRPC that another run of the program goes on with. */
@Timeout(60)
class GrpcCheckpointsTest {
    private static final ExecuteRequest MAKE = ExecuteRequest.of("make");

    @TempDir
    Path folder;

    /** Sends the messages of five after the one that the request names. */
    private static final class Numbering extends RawServer.Handler {
        private final List<AiAgent.ExecuteRequest> requests = new CopyOnWriteArrayList<>();

        @Override
        void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
            AiAgent.ExecuteRequest asked = parsed(request);
            requests.add(asked);
            call.sendHeaders(new Metadata());
            for (AiAgent.StreamMessage each : GrpcStreamsTest.messages((int) asked.getResumeAfter() + 1, 5)) {
                call.sendMessage(each.toByteArray());
            }
            call.close(Status.OK, new Metadata());
        }

        private static AiAgent.ExecuteRequest parsed(byte[] request) {
            try {
                return AiAgent.ExecuteRequest.parseFrom(request);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aProgramThatIsKilledGetsTheMessageThatItHandledAgainAndAllOthersOnce() throws IOException {
        for (int handled = 1; handled <= 5; handled++) {
            CheckpointStore store = CheckpointStore.inFolder(folder.resolve(String.valueOf(handled)));
            Numbering handler = new Numbering();
            try (RawServer server = new RawServer(handler);
                    GrpcGatewayClient killed = server.client().build();
                    GrpcGatewayClient restarted = server.client().build()) {
                // neither asks for the next nor closes: what a kill leaves
                Iterator<StreamMessage> messages =
                        killed.streamExecute(MAKE, store, "make").iterator();
                for (int message = 1; message <= handled; message++) {
                    assertThat(messages.next().content()).isEqualTo("line " + message);
                }

                List<String> rest = GrpcStreamsTest.read(restarted.streamExecute(MAKE, store, "make"));

                assertThat(rest).hasSize(5 - handled + 1).startsWith("line " + handled);
                assertThat(store.load("make")).isEmpty();
                if (handled > 1) {
                    AiAgent.ExecuteRequest resumed = handler.requests.get(1);
                    assertThat(resumed.getResumeStreamId()).isEqualTo("s-1");
                    assertThat(resumed.getCommand()).isEmpty();
                }
            }
        }
    }

    @Test
    void aStreamThatIsClosedIsGoneOnWithAfterItsLastMessage() throws IOException {
        CheckpointStore store = CheckpointStore.inMemory();
        try (RawServer server = new RawServer(new Numbering());
                GrpcGatewayClient client = server.client().build()) {
            try (EventStream<StreamMessage> stream = client.streamExecute(MAKE, store, "make")) {
                Iterator<StreamMessage> messages = stream.iterator();
                messages.next();
                messages.next();
                assertThat(messages.hasNext()).isTrue(); // looked at, not taken
            }

            assertThat(store.load("make")).map(Checkpoint::number).hasValue(2L);
            assertThat(GrpcStreamsTest.read(client.streamExecute(MAKE, store, "make")))
                    .containsExactly("line 3", "line 4", "line 5");
        }
    }

    @Test
    void aStreamThatTheServerDoesNotKnowIsNamedAndNotBegunAnew() throws IOException {
        CheckpointStore store = CheckpointStore.inMemory();
        List<byte[]> requests = new CopyOnWriteArrayList<>();
        RawServer.Handler forgetful = new RawServer.Handler() {
            @Override
            void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
                requests.add(request);
                call.close(Status.NOT_FOUND, new Metadata());
            }
        };
        try (RawServer server = new RawServer(new Numbering());
                RawServer restarted = new RawServer(forgetful);
                GrpcGatewayClient client = server.client().build();
                GrpcGatewayClient later = restarted.client().build()) {
            try (EventStream<StreamMessage> stream = client.streamExecute(MAKE, store, "make")) {
                stream.iterator().next();
            }

            assertThatThrownBy(() -> GrpcStreamsTest.read(later.streamExecute(MAKE, store, "make")))
                    .isInstanceOf(StreamCutException.class)
                    .hasMessageContaining("does not know the stream any more");
            assertThat(requests).hasSize(1);
            assertThatThrownBy(() -> GrpcStreamsTest.read(later.streamExecute(ExecuteRequest.of("rm"), store, "make")))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("another request");
            assertThat(requests).hasSize(1);
        }
    }
}

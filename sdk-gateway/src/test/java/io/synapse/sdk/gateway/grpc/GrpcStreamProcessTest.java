package io.synapse.sdk.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.gateway.ExecuteRequest;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server is a process of its own, which is killed while it sends a stream, and started again. */
@Timeout(60)
class GrpcStreamProcessTest {
    /** Sends two messages to a new call and no end; the rest to one that goes on. */
    public static final class Program {
        private Program() {}

        /** Runs it at the port that is its argument. */
        public static void main(String[] arguments) throws IOException, InterruptedException {
            RawServer.Handler handler = new RawServer.Handler() {
                @Override
                void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
                    call.sendHeaders(new Metadata());
                    int after = resumeAfter(request);
                    for (AiAgent.StreamMessage each : GrpcStreamsTest.messages(after + 1, after == 0 ? 2 : 5)) {
                        call.sendMessage(each.toByteArray());
                    }
                    if (after > 0) {
                        call.close(Status.OK, new Metadata());
                    }
                }
            };
            try (RawServer server = new RawServer(handler, null, Integer.parseInt(arguments[0]))) {
                System.out.println(server.address());
                new CountDownLatch(1).await(); // until it is killed
            }
        }

        private static int resumeAfter(byte[] request) {
            try {
                return (int) AiAgent.ExecuteRequest.parseFrom(request).getResumeAfter();
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }

    private static Process start(String port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        port)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void aServerThatIsKilledAndStartedAgainIsReadOn() throws Exception {
        Process first = start("0");
        Process second = first;
        try (BufferedReader output = first.inputReader()) {
            String address = output.readLine();
            try (GrpcGatewayClient client = RawServer.client(address).build();
                    EventStream<StreamMessage> stream = client.streamExecute(ExecuteRequest.of("make"))) {
                Iterator<StreamMessage> messages = stream.iterator();
                List<Long> numbers = new ArrayList<>();
                numbers.add(messages.next().sequence());
                numbers.add(messages.next().sequence());
                first.destroyForcibly().waitFor();
                second = start(address.substring(address.indexOf(':') + 1));

                messages.forEachRemaining(each -> numbers.add(each.sequence()));
                assertThat(numbers).containsExactly(1L, 2L, 3L, 4L, 5L);
            }
        } finally {
            first.destroyForcibly();
            second.destroyForcibly();
        }
    }
}

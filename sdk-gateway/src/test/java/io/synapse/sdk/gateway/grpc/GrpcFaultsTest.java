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
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.gateway.ExecuteRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server of grpc-java does not do: frames of HTTP/2 that break off, contradict themselves or are missing. */
@Timeout(60)
class GrpcFaultsTest {
    /** Whether the connection stays. */
    private static boolean answer(OutputStream out, int stream, String fault) throws IOException {
        byte[] head = headers(":status", "content-type", "application/grpc", "grpc-encoding", "gzip");
        byte[] ok = headers("grpc-status", "0");
        switch (fault) {
            case "closed" -> {
                return false;
            }
            case "half a message" -> {
                frame(out, HEADERS, END_HEADERS, stream, head);
                frame(out, DATA, 0, stream, HexFormat.of().parseHex("0000000008" + "0801"));
                return false;
            }
            case "half a message, then trailers" -> {
                frame(out, HEADERS, END_HEADERS, stream, head);
                frame(out, DATA, 0, stream, HexFormat.of().parseHex("0000000008" + "0801"));
                frame(out, HEADERS, END_HEADERS | END_STREAM, stream, ok);
            }
            case "no trailers" -> {
                frame(out, HEADERS, END_HEADERS, stream, head);
                frame(out, DATA, END_STREAM, stream, HexFormat.of().parseHex("0000000002" + "0801"));
            }
            case "no message" -> {
                frame(out, HEADERS, END_HEADERS, stream, head);
                frame(out, HEADERS, END_HEADERS | END_STREAM, stream, ok);
            }
            case "wrong gzip" -> {
                frame(out, HEADERS, END_HEADERS, stream, head);
                frame(out, DATA, 0, stream, HexFormat.of().parseHex("0100000004" + "01020304"));
                frame(out, HEADERS, END_HEADERS | END_STREAM, stream, ok);
            }
            case "reset" -> frame(out, RST_STREAM, 0, stream, HexFormat.of().parseHex("00000002"));
            case "go away" -> {
                frame(out, GOAWAY, 0, 0, HexFormat.of().parseHex("00000000" + "0000000b"));
                return false;
            }
            case "too many pings" -> {
                byte[] told = HexFormat.of()
                        .parseHex("7fffffff" + "0000000b"
                                + HexFormat.of().formatHex("too_many_pings".getBytes(StandardCharsets.US_ASCII)));
                frame(out, GOAWAY, 0, 0, told);
                return false;
            }
            case "not HTTP/2" -> {
                out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                return false;
            }
            default -> {
                frame(out, HEADERS, END_HEADERS, stream, head);
                frame(out, DATA, 0, stream, HexFormat.of().parseHex("0000000002" + "0801"));
                frame(out, HEADERS, END_HEADERS | END_STREAM, stream, ok);
            }
        }
        return true;
    }

    @ParameterizedTest
    @CsvSource({
        "closed, 503",
        "half a message, 503",
        "'half a message, then trailers', 500",
        "no trailers, 500",
        "no message, 200",
        "wrong gzip, 200",
        "reset, 500",
        "go away, 429",
        "too many pings, 429",
        "not HTTP/2, 200"
    })
    void aFaultHasANameAndTheNextCallWorks(String fault, int status) throws Exception {
        try (FrameServer server =
                        new FrameServer((out, stream, call) -> answer(out, stream, call == 0 ? fault : "none"));
                GrpcGatewayClient client = RawServer.client(server.address())
                        .callTimeout(Duration.ofSeconds(20))
                        .retryPolicy(RetryPolicy.NEVER)
                        .build()) {
            ClientException failure =
                    catchThrowableOfType(ClientException.class, () -> client.execute(ExecuteRequest.of("ls")));

            assertThat(failure).as(failure.getMessage()).hasFieldOrPropertyWithValue("failure.statusCode", status);
            assertThat(failure.mayHaveBeenExecuted()).isTrue();
            assertThat(client.execute(ExecuteRequest.of("ls")).success()).isTrue();
            assertThat(server.calls).hasSize(2); // the command was not sent again
        }
    }
}

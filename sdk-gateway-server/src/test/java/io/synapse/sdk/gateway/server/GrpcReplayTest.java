package io.synapse.sdk.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import io.synapse.sdk.gateway.grpc.internal.proto.StandardHealth;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The calls that were recorded with the original get the same status and the same fields here. */
class GrpcReplayTest {
    /** What is answered otherwise on purpose: section 7 of wire/gateway.md. */
    private static final Set<String> OTHERWISE = Set.of(
            "GeminiService/StreamAnalyze", // implemented here
            "Health/List",
            "ServerReflection/ServerReflectionInfo",
            "execute environment ignored", // its command needs a shell
            "review, quick", // nothing is found in what it sends
            "stream plan, client deadline 0.7 s", // the original takes longer
            "stream execute, bad working_dir",
            "execute bad working_dir",
            "request bytes not decodable");

    private static EmbeddedGateway gateway;

    @BeforeAll
    static void start() {
        gateway = EmbeddedGateway.builder().allowCommands(true).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    record Call(JsonNode line) {
        String text(String name) {
            return line.path(name).asText();
        }

        String method() {
            return text("service").substring(text("service").lastIndexOf('.') + 1) + "/" + text("method");
        }

        @Override
        public String toString() {
            return text("case") + ": " + method();
        }
    }

    static Stream<Call> calls() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(GrpcReplayTest.class.getResourceAsStream("/gateway-grpc.jsonl")),
                StandardCharsets.UTF_8))) {
            ObjectMapper json = new ObjectMapper();
            List<Call> all = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Call call = new Call(json.readTree(line));
                boolean isComparable = call.text("kind").equals("grpc")
                        && call.line().path("request_hex").isTextual()
                        && !call.text("case")
                                .matches(
                                        ".*(stopped|hangs|started again|killed|terminated|cancelled by|above 50 MiB|metadata value).*")
                        && !OTHERWISE.contains(call.text("case"))
                        && !OTHERWISE.contains(call.method());
                if (isComparable) {
                    all.add(call);
                }
            }
            assertThat(all).hasSizeGreaterThan(25);
            return all.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aRecordedCallIsAnsweredInTheSameForm(Call call) throws Exception {
        List<byte[]> answers = new ArrayList<>();
        String status = status(call, answers);
        assertThat(status).isEqualTo(call.text("status"));
        List<String> recorded = new ArrayList<>();
        JsonNode responses = call.line().get("response_hex");
        if (responses.isArray()) {
            responses.forEach(each -> recorded.add(each.asText()));
        } else if (responses.isTextual()) {
            recorded.add(responses.asText());
        }
        if (recorded.isEmpty()) {
            return;
        }
        assertThat(answers.size()).isGreaterThanOrEqualTo(recorded.size());
        Descriptors.Descriptor type = type(call);
        for (int index = 0; index < recorded.size(); index++) {
            Message was = DynamicMessage.parseFrom(type, HexFormat.of().parseHex(recorded.get(index)));
            Message is = DynamicMessage.parseFrom(type, answers.get(index));
            if (index == 0 || !type.getName().equals("StreamMessage")) {
                assertThat(names(is)).as("%s%nin place of%n%s", is, was).containsAll(names(was));
            }
        }
    }

    private static Set<String> names(Message message) {
        Set<String> names = new TreeSet<>();
        message.getAllFields().keySet().forEach(field -> names.add(field.getName()));
        names.removeAll(Set.of("duration_seconds", "uptime_seconds")); // zero at times
        return names;
    }

    private static Descriptors.Descriptor type(Call call) {
        Descriptors.FileDescriptor file =
                call.text("service").startsWith("grpc.") ? StandardHealth.getDescriptor() : AiAgent.getDescriptor();
        String[] path = call.method().split("/");
        return file.findServiceByName(path[0]).findMethodByName(path[1]).getOutputType();
    }

    private static String status(Call call, List<byte[]> answers) {
        MethodDescriptor<byte[], byte[]> method = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                .setFullMethodName(call.text("service") + "/" + call.text("method"))
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
        boolean isUntilDeadline = call.text("status").equals("DEADLINE_EXCEEDED");
        try (GrpcChannel channel = new GrpcChannel(gateway, service(call))) {
            ClientCalls.blockingServerStreamingCall(
                            channel.channel(),
                            method,
                            CallOptions.DEFAULT.withDeadlineAfter(
                                    isUntilDeadline ? 700 : 30_000, TimeUnit.MILLISECONDS),
                            HexFormat.of().parseHex(call.text("request_hex")))
                    .forEachRemaining(answers::add);
            return "OK";
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode().name();
        }
    }

    /** That of the call, or the first where the call is of the standard protocol or goes astray on purpose. */
    private static GatewayService service(Call call) {
        if (call.text("case").equals("service on another port")) {
            return GatewayService.CODEX;
        }
        for (GatewayService service : GatewayService.values()) {
            boolean isAsked = call.text("request_hex")
                    .equals("0a"
                            + HexFormat.of()
                                    .toHexDigits((byte) service.fullName().length())
                            + HexFormat.of().formatHex(service.fullName().getBytes(StandardCharsets.US_ASCII)));
            if (service.fullName().equals(call.text("service"))
                    || call.text("service").startsWith("grpc.") && isAsked) {
                return service;
            }
        }
        return GatewayService.CLAUDE;
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

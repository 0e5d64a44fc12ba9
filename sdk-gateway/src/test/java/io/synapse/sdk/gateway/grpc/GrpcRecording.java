package io.synapse.sdk.gateway.grpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** One line of gateway-grpc.jsonl: an exchange of gRPC with the original. */
record GrpcRecording(JsonNode line) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The exchanges of messages. */
    static List<GrpcRecording> all() throws IOException {
        return all("grpc");
    }

    /** The exchanges of frames of HTTP/2. */
    static List<GrpcRecording> frames() throws IOException {
        return all("h2");
    }

    private static List<GrpcRecording> all(String kind) throws IOException {
        List<GrpcRecording> all = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(GrpcRecording.class.getResourceAsStream("/gateway-grpc.jsonl")),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                GrpcRecording recording = new GrpcRecording(JSON.readTree(line));
                if (recording.text("kind").equals(kind)) {
                    all.add(recording);
                }
            }
        }
        return all;
    }

    String text(String field) {
        JsonNode value = line.get(field);
        return value == null || value.isNull() ? "" : value.textValue();
    }

    String method() {
        return text("service") + "/" + text("method");
    }

    Status status() {
        return Status.fromCode(Status.Code.valueOf(text("status"))).withDescription(text("details"));
    }

    byte[] request() {
        return HexFormat.of().parseHex(text("request_hex"));
    }

    /** The messages of the answer. */
    List<byte[]> answers() {
        JsonNode hex = line.get("response_hex");
        List<byte[]> answers = new ArrayList<>();
        if (hex.isTextual()) {
            answers.add(HexFormat.of().parseHex(hex.textValue()));
        }
        hex.forEach(each -> answers.add(HexFormat.of().parseHex(each.textValue())));
        return answers;
    }

    @Override
    public String toString() {
        return text("method") + text("path") + ", " + text("case");
    }
}

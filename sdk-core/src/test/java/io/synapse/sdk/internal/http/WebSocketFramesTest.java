package io.synapse.sdk.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.internal.http.WebSocketEvent.Closed;
import io.synapse.sdk.internal.http.WebSocketEvent.Message;
import io.synapse.sdk.internal.http.WebSocketEvent.Ping;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Role;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.BinaryFrame;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.ContinuousFrame;
import org.java_websocket.framing.DataFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.PingFrame;
import org.java_websocket.framing.PongFrame;
import org.java_websocket.framing.TextFrame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the library's own engine sends as a server is understood here, wherever it is cut; what is wrong is refused. */
class WebSocketFramesTest {
    private final Draft_6455 server = draft(Role.SERVER);
    private final Random random = new Random(17);

    @Test
    void whatAServerSendsIsUnderstoodWhereverItIsCut() throws Exception {
        for (int round = 0; round < 300; round++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            List<String> sent = new ArrayList<>();
            for (int messages = random.nextInt(12); messages > 0; messages--) {
                send(bytes, sent);
            }
            assertThat(received(bytes.toByteArray())).isEqualTo(sent);
        }
    }

    @Test
    void aPingIsAnsweredWithWhatItSaysAndAGoodbyeWithAGoodbye() throws Exception {
        WebSocketFrames frames = new WebSocketFrames();
        PingFrame ping = new PingFrame();
        ping.setPayload(ByteBuffer.wrap("are you there?".getBytes(StandardCharsets.US_ASCII)));
        CloseFrame close = new CloseFrame();
        close.setCode(1001);
        close.setReason("going away");
        receive(frames, encoded(ping));
        receive(frames, encoded(close));

        assertThat(frames.next()).isEqualTo(new Ping());
        assertThat(frames.next()).isEqualTo(new Closed(1001));
        assertThat(frames.next()).isNull();
        Framedata pong = understoodByServer(frames.answer());
        assertThat(pong).isInstanceOf(PongFrame.class);
        assertThat(StandardCharsets.US_ASCII.decode(pong.getPayloadData()).toString())
                .isEqualTo("are you there?");
        assertThat(understoodByServer(frames.answer())).isInstanceOf(CloseFrame.class);
        assertThat(frames.answer()).isNull();
    }

    @Test
    void aCloseWithoutACodeIsOne() throws Exception {
        assertThat(first(0x88, 0)).isEqualTo(new Closed(CloseFrame.NOCODE));
    }

    @Test
    void whatNoServerMaySendIsRefusedAgainAndAgain() {
        assertRefused(0xC1, 0); // a reserved bit
        assertRefused(0x81, 0x80, 1, 2, 3, 4); // masked
        assertRefused(0x83, 0); // no such opcode
        assertRefused(0x09, 0); // a ping in parts
        assertRefused(0x89, 126, 0, 126); // a long ping, as soon as it is here
        assertRefused(0x80, 0); // the rest of nothing
        assertRefused(0x01, 1, 'a', 0x81, 1, 'b'); // a message in a message
    }

    @Test
    void aMessageThatIsTooLargeIsRefusedBeforeItIsHere() {
        assertThatThrownBy(() -> first(0x81, 127, 0, 0, 0, 0, 1, 0, 0, 1)).isInstanceOf(MessageTooLargeException.class);
        assertThatThrownBy(() -> first(0x81, 127, 0xFF, 0, 0, 0, 0, 0, 0, 1))
                .isInstanceOf(MessageTooLargeException.class);
    }

    @Test
    void aMessageIsNotTooLargeInPartsEither() throws Exception {
        WebSocketFrames frames = new WebSocketFrames();
        byte[] part = new byte[12 << 20];
        DataFrame first = new BinaryFrame();
        first.setFin(false);
        first.setPayload(ByteBuffer.wrap(part));
        DataFrame second = new ContinuousFrame();
        second.setPayload(ByteBuffer.wrap(part));
        receive(frames, encoded(first));
        assertThat(frames.next()).isNull();
        receive(frames, encoded(second));

        assertThatThrownBy(frames::next).isInstanceOf(MessageTooLargeException.class);
    }

    private void send(ByteArrayOutputStream bytes, List<String> sent) throws IOException {
        String text = "größe 漢字 😀 ".repeat(random.nextInt(4) == 0 ? random.nextInt(6_000) : random.nextInt(12));
        ByteBuffer payload = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        int parts = 1 + random.nextInt(3);
        for (int part = 1; part <= parts; part++) {
            DataFrame frame =
                    part > 1 ? new ContinuousFrame() : random.nextBoolean() ? new TextFrame() : new BinaryFrame();
            int size = part == parts ? payload.remaining() : random.nextInt(payload.remaining() + 1);
            frame.setPayload(payload.slice(payload.position(), size));
            payload.position(payload.position() + size);
            frame.setFin(part == parts);
            bytes.write(encoded(frame));
            if (part == parts) {
                sent.add(text);
            }
            if (random.nextInt(4) == 0) { // between two parts, too
                bytes.write(encoded(new PingFrame()));
                sent.add("ping");
            }
        }
    }

    private List<String> received(byte[] bytes) throws IOException {
        WebSocketFrames frames = new WebSocketFrames();
        List<String> received = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int size = Math.min(bytes.length - from, 1 + random.nextInt(random.nextBoolean() ? 10 : 20_000));
            receive(frames, Arrays.copyOfRange(bytes, from, from + size));
            from += size;
            for (WebSocketEvent event = frames.next(); event != null; event = frames.next()) {
                received.add(event instanceof Message message ? text(message) : "ping");
            }
        }
        return received;
    }

    private static String text(Message message) {
        return new String(message.bytes(), message.from(), message.length(), StandardCharsets.UTF_8);
    }

    private static @Nullable WebSocketEvent first(int... bytes) throws IOException {
        return frames(bytes).next();
    }

    private static void assertRefused(int... bytes) {
        WebSocketFrames frames = frames(bytes);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> {
                        while (frames.next() == null) {
                            throw new AssertionError("more is wanted");
                        }
                    })
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageStartingWith("not a proper WebSocket: ");
        }
    }

    private static WebSocketFrames frames(int... bytes) {
        WebSocketFrames frames = new WebSocketFrames();
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        for (int each : bytes) {
            received.write(each);
        }
        if (bytes.length == 4 && bytes[1] == 126) {
            received.writeBytes(new byte[bytes[3]]);
        }
        receive(frames, received.toByteArray());
        return frames;
    }

    private static void receive(WebSocketFrames frames, byte[] bytes) {
        frames.receive(bytes, bytes.length);
    }

    private byte[] encoded(Framedata frame) {
        ByteBuffer bytes = server.createBinaryFrame(frame);
        byte[] encoded = new byte[bytes.remaining()];
        bytes.get(encoded);
        return encoded;
    }

    private Framedata understoodByServer(byte @Nullable [] bytes) throws InvalidDataException {
        assertThat(bytes).isNotNull();
        return server.translateFrame(ByteBuffer.wrap(bytes)).get(0);
    }

    private static Draft_6455 draft(Role role) {
        Draft_6455 draft = new Draft_6455();
        draft.setParseMode(role);
        return draft;
    }
}

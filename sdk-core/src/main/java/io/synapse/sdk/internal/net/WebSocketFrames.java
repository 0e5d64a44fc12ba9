package io.synapse.sdk.internal.net;

import io.synapse.sdk.internal.net.WebSocketEvent.Closed;
import io.synapse.sdk.internal.net.WebSocketEvent.Message;
import io.synapse.sdk.internal.net.WebSocketEvent.Ping;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Opcode;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.LimitExceededException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.PongFrame;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a WebSocket into events, and says what to answer. The library's protocol engine does the frames;
 * its own connection class is not used, since it brings threads and writes handshakes (tokens!) to its log.
 */
final class WebSocketFrames {
    private final Draft_6455 draft;
    private final Queue<WebSocketEvent> events = new ArrayDeque<>();
    private final Queue<byte[]> answers = new ArrayDeque<>();

    /** The frames so far of a message that comes in several; null between messages. */
    private okio.@Nullable Buffer fragments;

    WebSocketFrames(Draft_6455 draft) {
        this.draft = draft;
    }

    /** Takes bytes from the socket; cut anywhere. */
    void receive(byte[] bytes, int length) throws IOException {
        try {
            List<Framedata> frames = draft.translateFrame(ByteBuffer.wrap(bytes, 0, length));
            for (Framedata frame : frames) {
                take(frame);
            }
        } catch (LimitExceededException e) {
            throw new MessageTooLargeException(WebSocketHandshake.MAX_MESSAGE_BYTES);
        } catch (InvalidDataException e) {
            throw broken(e.getMessage());
        }
    }

    /** The next event, or null when more bytes are needed. */
    @Nullable
    WebSocketEvent next() {
        return events.poll();
    }

    /** The next bytes to send, or null. */
    byte @Nullable [] answer() {
        return answers.poll();
    }

    /** A frame that says that we are through. */
    byte[] goodbye() {
        CloseFrame frame = new CloseFrame();
        frame.setCode(CloseFrame.NORMAL);
        return encode(frame);
    }

    private void take(Framedata frame) throws IOException {
        Opcode opcode = frame.getOpcode();
        ByteBuffer payload = frame.getPayloadData();
        switch (opcode) {
            case TEXT, BINARY, CONTINUOUS -> takeData(frame, payload);
            case PING -> {
                PongFrame pong = new PongFrame();
                pong.setPayload(payload);
                answers.add(encode(pong));
                events.add(new Ping());
            }
            case PONG -> events.add(new Ping());
            case CLOSING -> {
                answers.add(goodbye());
                events.add(new Closed(frame instanceof CloseFrame close ? close.getCloseCode() : CloseFrame.NOCODE));
            }
        }
    }

    private void takeData(Framedata frame, ByteBuffer payload) throws IOException {
        boolean continues = frame.getOpcode() == Opcode.CONTINUOUS;
        if (continues != (fragments != null)) {
            throw broken(continues ? "a message without a beginning" : "a message without an end");
        }
        if (fragments == null && frame.isFin()) {
            events.add(new Message(payload.array(), payload.arrayOffset() + payload.position(), payload.remaining()));
            return;
        }
        okio.Buffer message = fragments == null ? new okio.Buffer() : fragments;
        message.write(payload.array(), payload.arrayOffset() + payload.position(), payload.remaining());
        if (message.size() > WebSocketHandshake.MAX_MESSAGE_BYTES) {
            throw new MessageTooLargeException(WebSocketHandshake.MAX_MESSAGE_BYTES);
        }
        fragments = message;
        if (frame.isFin()) {
            byte[] whole = message.readByteArray();
            events.add(new Message(whole, 0, whole.length));
            fragments = null;
        }
    }

    private byte[] encode(Framedata frame) {
        ByteBuffer bytes = draft.createBinaryFrame(frame);
        byte[] encoded = new byte[bytes.remaining()];
        bytes.get(encoded);
        return encoded;
    }

    private static ProtocolException broken(@Nullable String why) {
        return new ProtocolException("not a proper WebSocket: " + (why == null ? "an invalid frame" : why));
    }
}

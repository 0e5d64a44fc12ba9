package io.synapse.sdk.internal.http;

import io.synapse.sdk.internal.http.WebSocketEvent.Closed;
import io.synapse.sdk.internal.http.WebSocketEvent.Message;
import io.synapse.sdk.internal.http.WebSocketEvent.Ping;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import okio.Buffer;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.PongFrame;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a WebSocket into events, and says what to answer (RFC 6455, section 5). What is sent is made by the
 * library. What is received is taken apart here: the library's engine asks of every single byte whether it can belong to
 * text, which decoding finds out anyway, and which is half of what following a log costs. Its connection class is not
 * used either, since it brings threads and writes handshakes (tokens!) to its log.
 */
final class WebSocketFrames {
    private static final int FIRST_SIZE = 16 << 10;

    /** More is not kept for the messages to come. */
    private static final int MAX_KEPT_SIZE = 256 << 10;

    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int MASKED = 0x80;
    private static final int LENGTH_OF_2_BYTES = 126;
    private static final int LENGTH_OF_8_BYTES = 127;
    private static final int MAX_CONTROL_BYTES = 125;

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Draft_6455 draft;
    private final Queue<byte[]> answers = new ArrayDeque<>();

    /** What was received; those between {@link #start} and {@link #end} are still to be taken apart. */
    private byte[] bytes = new byte[FIRST_SIZE];

    private int start;
    private int end;

    /** The frames so far of a message that comes in several; null between messages. */
    private @Nullable Buffer fragments;

    WebSocketFrames(Draft_6455 draft) {
        this.draft = draft;
    }

    /** Takes all bytes that came from the socket, cut anywhere. Messages given out before are gone then. */
    void receive(Buffer received) {
        makeRoom((int) received.size());
        while (!received.exhausted()) {
            end += received.read(bytes, end, bytes.length - end);
        }
    }

    /**
     * The next event, or null when more bytes are needed.
     *
     * @throws MessageTooLargeException when a message is longer than 16 MiB
     * @throws ProtocolException when these are not the bytes of a WebSocket; again on every further call
     */
    @Nullable
    WebSocketEvent next() throws IOException {
        WebSocketEvent event = null;
        while (event == null) {
            int head = headLength();
            if (head == 0) {
                return null;
            }
            int length = payloadLength(head);
            if (end - start < head + length) {
                return null;
            }
            event = take(bytes[start] & 0xFF, start + head, length);
            start += head + length;
        }
        return event;
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

    private void makeRoom(int more) {
        int begun = end - start;
        int size = begun == 0 && bytes.length > MAX_KEPT_SIZE ? FIRST_SIZE : bytes.length;
        while (size < begun + more) {
            size *= 2;
        }
        if (size == bytes.length) {
            System.arraycopy(bytes, start, bytes, 0, begun);
        } else {
            bytes = Arrays.copyOf(Arrays.copyOfRange(bytes, start, end), size);
        }
        start = 0;
        end = begun;
    }

    /** How long the head of the frame is that begins at {@link #start}; 0 when it is not here yet. */
    private int headLength() throws ProtocolException {
        if (end - start < 2) {
            return 0;
        }
        if ((bytes[start] & RESERVED) != 0 || (bytes[start + 1] & MASKED) != 0) {
            throw broken("an invalid frame");
        }
        int head = switch (bytes[start + 1]) {
            case LENGTH_OF_2_BYTES -> 2 + Short.BYTES;
            case LENGTH_OF_8_BYTES -> 2 + Long.BYTES;
            default -> 2;
        };
        return end - start < head ? 0 : head;
    }

    private int payloadLength(int head) throws IOException {
        if (head == 2) {
            return bytes[start + 1];
        }
        long length = 0;
        for (int at = start + 2; at < start + head; at++) {
            length = length << Byte.SIZE | bytes[at] & 0xFF;
        }
        long before = fragments == null ? 0 : fragments.size();
        if (length < 0 || length + before > WebSocketHandshake.MAX_MESSAGE_BYTES) {
            throw new MessageTooLargeException(WebSocketHandshake.MAX_MESSAGE_BYTES);
        }
        return (int) length;
    }

    private @Nullable WebSocketEvent take(int first, int from, int length) throws IOException {
        boolean isLast = (first & FIN) != 0;
        int opcode = first & ~FIN;
        if (opcode >= CLOSE && (!isLast || length > MAX_CONTROL_BYTES)) {
            throw broken("an invalid control frame");
        }
        return switch (opcode) {
            case TEXT, BINARY, CONTINUATION -> takeData(opcode == CONTINUATION, isLast, from, length);
            case PING -> {
                PongFrame pong = new PongFrame();
                pong.setPayload(ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, from + length)));
                answers.add(encode(pong));
                yield new Ping();
            }
            case PONG -> new Ping();
            case CLOSE -> {
                answers.add(goodbye());
                yield new Closed(
                        length < Short.BYTES
                                ? CloseFrame.NOCODE
                                : (bytes[from] & 0xFF) << Byte.SIZE | bytes[from + 1] & 0xFF);
            }
            default -> throw broken("an invalid frame");
        };
    }

    /** Null when this was not the last frame of a message. */
    private @Nullable WebSocketEvent takeData(boolean continues, boolean isLast, int from, int length)
            throws IOException {
        if (continues != (fragments != null)) {
            throw broken(continues ? "a message without a beginning" : "a message without an end");
        }
        if (fragments == null && isLast) {
            return new Message(bytes, from, length);
        }
        Buffer message = fragments == null ? new Buffer() : fragments;
        if (message.size() + length > WebSocketHandshake.MAX_MESSAGE_BYTES) {
            throw new MessageTooLargeException(WebSocketHandshake.MAX_MESSAGE_BYTES);
        }
        message.write(bytes, from, length);
        fragments = isLast ? null : message;
        if (!isLast) {
            return null;
        }
        byte[] whole = message.readByteArray();
        return new Message(whole, 0, whole.length);
    }

    private byte[] encode(Framedata frame) {
        ByteBuffer content = draft.createBinaryFrame(frame);
        byte[] encoded = new byte[content.remaining()];
        content.get(encoded);
        return encoded;
    }

    private static ProtocolException broken(String why) {
        return new ProtocolException("not a proper WebSocket: " + why);
    }
}

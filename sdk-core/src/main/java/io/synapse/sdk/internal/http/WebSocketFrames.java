package io.synapse.sdk.internal.http;

import io.synapse.sdk.internal.http.WebSocketEvent.Closed;
import io.synapse.sdk.internal.http.WebSocketEvent.Message;
import io.synapse.sdk.internal.http.WebSocketEvent.Ping;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of a WebSocket into events, and makes the frames to answer with (RFC 6455, section 5). */
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

    private static final int NORMAL_CLOSURE = 1000;

    /** What a close frame without a code means (RFC 6455, section 7.1.5). */
    private static final int NO_CODE = 1005;

    private static final int MASK_BYTES = 4;

    /** The longest message: more memory than this is not given to one. */
    static final int MAX_MESSAGE_BYTES = 16 << 20;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Queue<byte[]> answers = new ArrayDeque<>();

    /** What was received; those between {@link #start} and {@link #end} are still to be taken apart. */
    private byte[] bytes = new byte[FIRST_SIZE];

    private int start;
    private int end;

    /** The frames so far of a message that comes in several; null between messages. */
    private @Nullable ByteArrayOutputStream fragments;

    /** Takes bytes that came from the socket, cut anywhere. Messages given out before are gone then. */
    void receive(byte[] received, int length) {
        makeRoom(length);
        System.arraycopy(received, 0, bytes, end, length);
        end += length;
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

    /** A frame that ends the connection. */
    byte[] closeFrame() {
        return frame(CLOSE, new byte[] {NORMAL_CLOSURE >> Byte.SIZE, (byte) NORMAL_CLOSURE}, 0, Short.BYTES);
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
        if (length < 0 || length + before > MAX_MESSAGE_BYTES) {
            throw new MessageTooLargeException(MAX_MESSAGE_BYTES);
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
                answers.add(frame(PONG, bytes, from, length));
                yield new Ping();
            }
            case PONG -> new Ping();
            case CLOSE -> {
                answers.add(closeFrame());
                yield new Closed(
                        length < Short.BYTES ? NO_CODE : (bytes[from] & 0xFF) << Byte.SIZE | bytes[from + 1] & 0xFF);
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
        ByteArrayOutputStream message = fragments == null ? new ByteArrayOutputStream() : fragments;
        if (message.size() + length > MAX_MESSAGE_BYTES) {
            throw new MessageTooLargeException(MAX_MESSAGE_BYTES);
        }
        message.write(bytes, from, length);
        fragments = isLast ? null : message;
        if (!isLast) {
            return null;
        }
        byte[] whole = message.toByteArray();
        return new Message(whole, 0, whole.length);
    }

    /** A short frame as clients send it: masked (RFC 6455, section 5.3). */
    private static byte[] frame(int opcode, byte[] payload, int from, int length) {
        byte[] mask = new byte[MASK_BYTES];
        RANDOM.nextBytes(mask);
        byte[] frame = new byte[2 + MASK_BYTES + length];
        frame[0] = (byte) (FIN | opcode);
        frame[1] = (byte) (MASKED | length);
        System.arraycopy(mask, 0, frame, 2, MASK_BYTES);
        for (int at = 0; at < length; at++) {
            frame[2 + MASK_BYTES + at] = (byte) (payload[from + at] ^ mask[at % MASK_BYTES]);
        }
        return frame;
    }

    private static ProtocolException broken(String why) {
        return new ProtocolException("not a proper WebSocket: " + why);
    }
}

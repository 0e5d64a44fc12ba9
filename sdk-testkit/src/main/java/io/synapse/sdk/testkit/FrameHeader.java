package io.synapse.sdk.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The first bytes of a WebSocket frame (RFC 6455, section 5.2), read only to know where the frame ends.
 *
 * @param raw these bytes as they came
 * @param payloadLength how many bytes follow
 */
record FrameHeader(byte[] raw, long payloadLength) {
    private static final int CLOSE = 0x88;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES_OF_LENGTH = 126;
    private static final int EIGHT_BYTES_OF_LENGTH = 127;

    static FrameHeader read(InputStream in) throws IOException {
        byte[] start = readFully(in, 2);
        int shortLength = start[1] & 0x7f;
        int lengthBytes = shortLength == EIGHT_BYTES_OF_LENGTH ? 8 : shortLength == TWO_BYTES_OF_LENGTH ? 2 : 0;
        int maskBytes = (start[1] & MASKED) != 0 ? 4 : 0;
        byte[] rest = readFully(in, lengthBytes + maskBytes);
        long length = shortLength;
        if (lengthBytes > 0) {
            length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = length << 8 | rest[i] & 0xff;
            }
        }
        byte[] raw = ByteBuffer.allocate(2 + rest.length).put(start).put(rest).array();
        return new FrameHeader(raw, length);
    }

    /** An unmasked Close frame, as a server sends it. */
    static byte[] close(int code) {
        return new byte[] {(byte) CLOSE, 2, (byte) (code >> 8), (byte) code};
    }

    long frameLength() {
        return raw.length + payloadLength;
    }

    private static byte[] readFully(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended inside a frame");
        }
        return bytes;
    }
}

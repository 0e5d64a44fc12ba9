package io.synapse.sdk.benchmarks.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How the text of a log is packed on its way: as an agent does (wire/agent.md, section 5) or as Ray does (wire/ray.md). */
enum Framing {
    /** Server-sent events in a chunked answer. */
    AGENT_HTTP {
        @Override
        byte[] pack(byte[] text, int linesPerEvent) {
            ByteArrayOutputStream events = new ByteArrayOutputStream();
            inPieces(text, linesPerEvent, piece -> events.writeBytes(dataLine(logEvent(piece))));
            return chunks(events.toByteArray());
        }

        @Override
        byte[] end() {
            return concat(chunks(dataLine(COMPLETE)), LAST_CHUNK);
        }
    },

    /** An event a text frame. */
    AGENT_WEB_SOCKET {
        @Override
        byte[] pack(byte[] text, int linesPerEvent) {
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            inPieces(text, linesPerEvent, piece -> frames.writeBytes(textFrame(logEvent(piece))));
            return frames.toByteArray();
        }

        @Override
        byte[] end() {
            return concat(textFrame(COMPLETE), CLOSE_FRAME);
        }
    },

    /** Ten lines a text frame, bare. */
    RAY_WEB_SOCKET {
        @Override
        byte[] pack(byte[] text, int linesPerEvent) {
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            inPieces(text, RAY_LINES_PER_FRAME, piece -> frames.writeBytes(textFrame(piece)));
            return frames.toByteArray();
        }

        @Override
        byte[] end() {
            return CLOSE_FRAME;
        }
    },

    /** The bare text in a chunked answer. */
    RAY_FILE {
        @Override
        byte[] pack(byte[] text, int linesPerEvent) {
            return chunks(text);
        }

        @Override
        byte[] end() {
            return LAST_CHUNK;
        }
    };

    private static final int RAY_LINES_PER_FRAME = 10;
    private static final int CHUNK_BYTES = 64 << 10;
    private static final byte[] COMPLETE = ascii("{\"type\": \"complete\", \"message\": \"\"}");
    private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");

    /** Code 1000: nothing unusual. */
    private static final byte[] CLOSE_FRAME = {(byte) 0x88, 2, 0x03, (byte) 0xE8};

    /** Whole lines, ready to be sent, with whatever stands between them and others. */
    abstract byte[] pack(byte[] text, int linesPerEvent);

    /** What comes after the last line. */
    abstract byte[] end();

    private interface Pieces {
        void take(byte[] piece);
    }

    private static void inPieces(byte[] text, int lines, Pieces pieces) {
        int size = lines * LogShape.LINE_BYTES;
        for (int from = 0; from < text.length; from += size) {
            pieces.take(Arrays.copyOfRange(text, from, Math.min(from + size, text.length)));
        }
    }

    /** The text has nothing in it that JSON escapes, but its newlines. */
    private static byte[] logEvent(byte[] text) {
        String message = new String(text, StandardCharsets.US_ASCII).replace("\n", "\\n");
        return ascii("{\"type\": \"log\", \"message\": \"" + message + "\"}");
    }

    private static byte[] dataLine(byte[] event) {
        return concat(ascii("data: "), event, ascii("\n\n"));
    }

    private static byte[] chunks(byte[] content) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int from = 0; from < content.length; from += CHUNK_BYTES) {
            int size = Math.min(CHUNK_BYTES, content.length - from);
            chunks.writeBytes(ascii(Integer.toHexString(size) + "\r\n"));
            chunks.write(content, from, size);
            chunks.writeBytes(ascii("\r\n"));
        }
        return chunks.toByteArray();
    }

    private static byte[] textFrame(byte[] payload) {
        byte[] head = payload.length < 126
                ? new byte[] {(byte) 0x81, (byte) payload.length}
                : new byte[] {(byte) 0x81, 126, (byte) (payload.length >> 8), (byte) payload.length};
        return concat(head, payload);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

package io.synapse.sdk.gateway.server.model.internal.local;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What the process of a model and this one tell each other. On the wire: number of the answer, kind, length, UTF-8 text.
 *
 * @param answer the number of the answer that it belongs to
 * @param kind what it says
 * @param text the text, or what went wrong
 */
record Frame(int answer, Kind kind, String text) {
    /** Kinds, in both directions. */
    enum Kind {
        /** To the process: what the model is told before the conversation. */
        INSTRUCTIONS,
        /** To the process: a turn of the conversation. */
        TURN,
        /** To the process: the schema; the answer is to be generated now. */
        GENERATE,
        /** To the process: the answer is not wanted any more. */
        CANCEL,
        /** From the process: a piece of the answer. */
        PIECE,
        /** From the process: the answer is complete. */
        END,
        /** From the process: there is no answer. */
        FAILURE
    }

    static Frame read(DataInputStream input) throws IOException {
        int answer = input.readInt();
        Kind kind = Kind.values()[input.readByte()];
        byte[] text = new byte[input.readInt()];
        input.readFully(text);
        return new Frame(answer, kind, new String(text, StandardCharsets.UTF_8));
    }

    /** Writes it as a whole, so that several threads may. */
    void write(DataOutputStream output) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        synchronized (output) {
            output.writeInt(answer);
            output.writeByte(kind.ordinal());
            output.writeInt(bytes.length);
            output.write(bytes);
            output.flush();
        }
    }
}

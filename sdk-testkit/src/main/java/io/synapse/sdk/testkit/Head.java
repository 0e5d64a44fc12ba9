package io.synapse.sdk.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The head of an HTTP/1.1 message: its bytes, which are passed on as they are, and what they say.
 *
 * @param raw everything up to and including the empty line
 * @param startLine the three words of the request line or the status line
 * @param headers names in any case
 */
record Head(byte[] raw, List<String> startLine, Map<String, List<String>> headers) {
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int SWITCHING_PROTOCOLS = 101;

    static Head read(InputStream in) throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        List<String> startLine = startLine(copyLine(in, raw));
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = copyLine(in, raw); !line.isEmpty(); line = copyLine(in, raw)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("a header without a name");
            }
            headers.computeIfAbsent(line.substring(0, colon), any -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return new Head(raw.toByteArray(), startLine, headers);
    }

    /** Copies one line with its line break, and returns it without. */
    static String copyLine(InputStream in, OutputStream copy) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next;
        do {
            next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended inside a line");
            }
            if (line.size() == LONGEST_LINE) {
                throw new ProtocolException("a line of more than " + LONGEST_LINE + " bytes");
            }
            line.write(next);
        } while (next != '\n');
        copy.write(line.toByteArray());
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    boolean has(String name, String value) {
        return header(name).filter(value::equalsIgnoreCase).isPresent();
    }

    /** The request that this head opens. */
    ProxiedRequest request() {
        return new ProxiedRequest(startLine.get(0), startLine.get(1), headers);
    }

    /** The status of the reply that this head opens. */
    int status() throws ProtocolException {
        try {
            return Integer.parseInt(startLine.get(1));
        } catch (NumberFormatException e) {
            throw new ProtocolException("not a status: " + startLine.get(1));
        }
    }

    /** Whether the real head of the reply is still to come. */
    boolean isInterim() throws ProtocolException {
        return status() < 200 && !switchesProtocols();
    }

    boolean switchesProtocols() throws ProtocolException {
        return status() == SWITCHING_PROTOCOLS;
    }

    private static List<String> startLine(String line) throws ProtocolException {
        List<String> words = List.of(line.split(" ", 3));
        if (words.size() < 2) {
            throw new ProtocolException("neither a request line nor a status line");
        }
        return words;
    }
}

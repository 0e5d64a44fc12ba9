package io.synapse.sdk.embedded;

import io.synapse.sdk.embedded.Caller.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A WebSocket handshake by hand: the JDK's client hides the body of a refusal. */
final class Handshake {
    private Handshake() {}

    /** The agent's answer, which must be a refusal. */
    static Answer refused(URI target, @Nullable String token) {
        String head = "GET " + target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery())
                + " HTTP/1.1\r\nHost: " + target.getAuthority()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + (token == null ? "" : "Authorization: " + token + "\r\n") + "\r\n";
        return raw(target, head);
    }

    /** The answer to these very characters. */
    static Answer raw(URI target, String request) {
        try (Socket socket = new Socket(target.getHost(), target.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            StringBuilder answer = new StringBuilder();
            int end = -1;
            while (end < 0 || answer.length() < end + 4 + contentLength(answer.substring(0, end))) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    break;
                }
                answer.append((char) next);
                end = answer.indexOf("\r\n\r\n");
            }
            int status = Integer.parseInt(answer.substring(9, 12));
            return new Answer(status, answer.substring(end + 4), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The beginning of the answer to these very characters, up to and with this end. */
    static String rawUntil(URI target, String request, String end) {
        try (Socket socket = new Socket(target.getHost(), target.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf(end) < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    throw new AssertionError("ended without it: " + answer);
                }
                answer.append((char) next);
            }
            return answer.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int contentLength(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
    }
}

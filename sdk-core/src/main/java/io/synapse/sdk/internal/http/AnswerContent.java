package io.synapse.sdk.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * What kind of content a successful answer has. A login page, or the page of a proxy, comes with status 200: what no
 * server of ours sends is refused, whatever it was the answer to.
 */
final class AnswerContent {
    private static final Set<String> TYPES = Set.of("text", "application", "multipart", "binary");
    private static final Set<String> PAGES = Set.of(
            "text/html",
            "application/xhtml+xml",
            "text/xml",
            "application/xml",
            "text/css",
            "text/javascript",
            "application/javascript",
            "application/pdf");

    private AnswerContent() {}

    /** Why the content cannot be the answer; null when it can. */
    static @Nullable String refusal(ClassicHttpResponse answer) {
        String type = type(answer);
        if (type.isEmpty()) {
            return null;
        }
        boolean refused = PAGES.contains(type) || !TYPES.contains(type.split("/", 2)[0]);
        return refused ? "its content is of the type " + type + ", as of a login page or a proxy" : null;
    }

    /** Why the content cannot be read as it comes; null when it can. */
    static @Nullable String refusalOfStream(ClassicHttpResponse answer) {
        if (answer.getCode() == HttpStatus.SC_SWITCHING_PROTOCOLS) {
            return "it changes to another protocol, which was not asked for";
        }
        String type = refusal(answer);
        return type == null && !encoding(answer).isEmpty() ? refusalOfEncoding(answer) : type;
    }

    /** Why the content cannot be read as server-sent events; null when it can. */
    static @Nullable String refusalOfEvents(ClassicHttpResponse answer) {
        String type = type(answer);
        return type.equals("text/event-stream")
                ? refusalOfStream(answer)
                : "its content is of the type " + (type.isEmpty() ? "unknown" : type) + " and not text/event-stream";
    }

    private static String refusalOfEncoding(ClassicHttpResponse answer) {
        return "its content is encoded as " + encoding(answer) + ", which was not asked for";
    }

    /** The content, uncompressed. */
    static InputStream decoded(ClassicHttpResponse answer, InputStream content) throws IOException {
        return switch (encoding(answer)) {
            case "" -> content;
            case "gzip", "x-gzip" -> new GZIPInputStream(content);
            default -> throw new RefusedAnswerException(answer, refusalOfEncoding(answer));
        };
    }

    /** The character set that the answer names, if it is a known one. */
    static @Nullable Charset charset(ClassicHttpResponse answer) {
        Header header = answer.getFirstHeader("Content-Type");
        try {
            ContentType type = header == null ? null : ContentType.parseLenient(header.getValue());
            return type == null ? null : type.getCharset();
        } catch (UnsupportedCharsetException e) {
            return null;
        }
    }

    /** The media type, without parameters; empty for none. */
    private static String type(ClassicHttpResponse answer) {
        Header header = answer.getFirstHeader("Content-Type");
        return header == null || header.getValue() == null
                ? ""
                : header.getValue().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** Empty for none. */
    private static String encoding(ClassicHttpResponse answer) {
        Header header = answer.getFirstHeader("Content-Encoding");
        String encoding = header == null ? "" : header.getValue().strip().toLowerCase(Locale.ROOT);
        return encoding.equals("identity") ? "" : encoding;
    }
}

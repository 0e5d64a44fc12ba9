package io.synapse.sdk.internal.http;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.RequestContent;
import io.synapse.sdk.internal.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.jspecify.annotations.Nullable;

/** The content of an endpoint as bytes: some from memory, some from files. Its length is known before it is sent. */
final class RequestBody extends AbstractHttpEntity {
    private static final String JSON = "application/json";
    private static final int CHUNK = 64 << 10;

    private final List<Part> parts = new ArrayList<>();
    private final RequestContent.UploadProgress progress;
    private long length;
    private long fileBytes;
    private long fileBytesSent;

    private RequestBody(@Nullable String contentType, RequestContent.UploadProgress progress) {
        super(contentType, null);
        this.progress = progress;
    }

    /** The body to send; a POST without content still says that it is JSON (wire/agent.md, section 1). */
    static @Nullable RequestBody of(Endpoint<?> endpoint) {
        RequestContent content = endpoint.content().orElse(null);
        if (content instanceof RequestContent.Json json) {
            return json().bytes(Json.write(json.value()));
        }
        if (content instanceof RequestContent.Multipart form) {
            return multipart(form);
        }
        if (content instanceof RequestContent.Data data) {
            return new RequestBody(data.contentType(), RequestContent.UploadProgress.IGNORED).bytes(data.bytes());
        }
        if (content instanceof RequestContent.Bytes bytes) {
            return new RequestBody(null, RequestContent.UploadProgress.IGNORED).file(bytes.file());
        }
        return switch (endpoint.method()) {
            case POST, PUT, PATCH -> json();
            default -> null;
        };
    }

    private static RequestBody json() {
        return new RequestBody(JSON, RequestContent.UploadProgress.IGNORED);
    }

    /** RFC 7578. A file has no type: what the published client sends, whose server looks at name and content. */
    private static RequestBody multipart(RequestContent.Multipart form) {
        String boundary = UUID.randomUUID().toString();
        RequestBody body = new RequestBody("multipart/form-data; boundary=" + boundary, form.progress());
        for (RequestContent.Part part : form.parts()) {
            String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=" + quoted(part.name());
            if (part instanceof RequestContent.Field field) {
                body.text(head + "\r\n\r\n").text(field.value());
            } else if (part instanceof RequestContent.JsonField field) {
                body.text(head + "\r\n\r\n").bytes(Json.write(field.value()));
            } else if (part instanceof RequestContent.File file) {
                String name = quoted(file.path().getFileName().toString());
                body.text(head + "; filename=" + name + "\r\n\r\n").file(file.path());
            } else if (part instanceof RequestContent.FileContent file) {
                body.text(head + "; filename=" + quoted(file.fileName()) + "\r\n\r\n")
                        .bytes(file.content());
            }
            body.text("\r\n");
        }
        return body.text("--" + boundary + "--\r\n");
    }

    /** As browsers write names (WHATWG, multipart/form-data). */
    private static String quoted(String name) {
        return '"' + name.replace("\n", "%0A").replace("\r", "%0D").replace("\"", "%22") + '"';
    }

    private RequestBody text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private RequestBody bytes(byte[] bytes) {
        length += bytes.length;
        parts.add(output -> output.write(bytes));
        return this;
    }

    private RequestBody file(Path path) {
        try {
            long size = Files.size(path);
            length += size;
            fileBytes += size;
            parts.add(output -> sendFile(path, size, output));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public InputStream getContent() {
        throw new UnsupportedOperationException("the body is written, not read");
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        fileBytesSent = 0;
        for (Part part : parts) {
            part.writeTo(output);
        }
    }

    @Override
    public void close() {}

    private void sendFile(Path path, long size, OutputStream output) throws IOException {
        try (InputStream file = open(path)) {
            byte[] chunk = new byte[CHUNK];
            for (long left = size; left > 0; ) {
                int read = read(path, file, chunk);
                check(path, file, read, left);
                output.write(chunk, 0, read);
                left -= read;
                fileBytesSent += read;
                progress.sent(fileBytesSent, fileBytes);
            }
        }
    }

    /** Looks beyond the last bytes before they are sent: without them, the server has no request to act on. */
    private static void check(Path path, InputStream file, int read, long left) throws LocalFileException {
        if (read == -1) {
            throw LocalFileException.changed(path, "it has become shorter", null);
        }
        if (read > left || read == left && read(path, file, new byte[1]) != -1) {
            throw LocalFileException.changed(path, "it has grown", null);
        }
    }

    private static InputStream open(Path path) throws LocalFileException {
        try {
            return Files.newInputStream(path);
        } catch (IOException e) {
            throw LocalFileException.changed(path, "it cannot be opened any more", e);
        }
    }

    /** What goes wrong here is the file's fault; what goes wrong while writing, the network's. */
    private static int read(Path path, InputStream file, byte[] chunk) throws LocalFileException {
        try {
            return file.read(chunk);
        } catch (IOException e) {
            throw LocalFileException.changed(path, "it cannot be read any more", e);
        }
    }

    @FunctionalInterface
    private interface Part {
        void writeTo(OutputStream output) throws IOException;
    }
}

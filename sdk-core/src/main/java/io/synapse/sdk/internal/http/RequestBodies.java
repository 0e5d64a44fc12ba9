package io.synapse.sdk.internal.http;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.RequestContent;
import io.synapse.sdk.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** Turns the content of an endpoint into bytes on the wire. */
final class RequestBodies {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final long CHUNK = 64 * 1024;

    private RequestBodies() {}

    /** The body to send; a POST without content still says that it is JSON (wire/agent.md, section 1). */
    static @Nullable RequestBody of(Endpoint<?> endpoint) {
        RequestContent content = endpoint.content().orElse(null);
        if (content instanceof RequestContent.Json json) {
            return RequestBody.create(Json.write(json.value()), JSON);
        }
        if (content instanceof RequestContent.Multipart form) {
            return multipart(form);
        }
        if (content instanceof RequestContent.Bytes bytes) {
            return new FileBody(bytes.file(), new Progress(RequestContent.UploadProgress.IGNORED));
        }
        return switch (endpoint.method()) {
            case POST, PUT, PATCH -> RequestBody.create(new byte[0], JSON);
            default -> null;
        };
    }

    private static RequestBody multipart(RequestContent.Multipart form) {
        MultipartBody.Builder body = new MultipartBody.Builder().setType(MultipartBody.FORM);
        Progress progress = new Progress(form.progress());
        for (RequestContent.Part part : form.parts()) {
            if (part instanceof RequestContent.Field field) {
                body.addFormDataPart(field.name(), field.value());
            } else if (part instanceof RequestContent.JsonField field) {
                body.addFormDataPart(field.name(), new String(Json.write(field.value()), StandardCharsets.UTF_8));
            } else if (part instanceof RequestContent.File file) {
                FileBody fileBody = new FileBody(file.path(), progress);
                progress.total += fileBody.length;
                body.addFormDataPart(file.name(), file.path().getFileName().toString(), fileBody);
            }
        }
        return body.build();
    }

    /** How far the files of one attempt have come; used by one thread at a time. */
    private static final class Progress {
        private final RequestContent.UploadProgress listener;
        private long sent;
        private long total;

        Progress(RequestContent.UploadProgress listener) {
            this.listener = listener;
        }

        void sent(long bytes) {
            sent += bytes;
            listener.sent(sent, total);
        }
    }

    /** A file, read while it is sent. */
    private static final class FileBody extends RequestBody {
        private final Path path;
        private final Progress progress;
        private final long length;

        FileBody(Path path, Progress progress) {
            this.path = path;
            this.progress = progress;
            try {
                length = Files.size(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public @Nullable MediaType contentType() {
            return null; // what the published client sends: the server looks at the name and content
        }

        @Override
        public long contentLength() {
            return length;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            try (Source file = open()) {
                Buffer chunk = new Buffer();
                for (long left = length; left > 0; ) {
                    long read = read(file, chunk);
                    check(file, chunk, read, left);
                    sink.write(chunk, read);
                    left -= read;
                    progress.sent(read);
                }
            }
        }

        /** Looks beyond the last bytes before they are sent: without them, the server has no request to act on. */
        private void check(Source file, Buffer chunk, long read, long left) throws ChangedFileException {
            if (read == -1) {
                throw new ChangedFileException(path, "it has become shorter", null);
            }
            if (read > left || read == left && read(file, chunk) != -1) {
                throw new ChangedFileException(path, "it has grown", null);
            }
        }

        private Source open() throws ChangedFileException {
            try {
                return Okio.source(path);
            } catch (IOException e) {
                throw new ChangedFileException(path, "it cannot be opened any more", e);
            }
        }

        /** What goes wrong here is the file's fault; what goes wrong while writing, the network's. */
        private long read(Source file, Buffer chunk) throws ChangedFileException {
            try {
                return file.read(chunk, CHUNK);
            } catch (IOException e) {
                throw new ChangedFileException(path, "it cannot be read any more", e);
            }
        }
    }
}

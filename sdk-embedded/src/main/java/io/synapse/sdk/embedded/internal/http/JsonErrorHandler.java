package io.synapse.sdk.embedded.internal.http;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers what fails before it reaches a route, such as a malformed request, in JSON like everything else. */
final class JsonErrorHandler extends ErrorHandler {
    private final ErrorForm errors;

    JsonErrorHandler(ErrorForm errors) {
        this.errors = errors;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, errors.contentType());
        Content.Sink.write(response, true, new String(body(code, message), StandardCharsets.UTF_8), callback);
    }

    private byte[] body(int status, @Nullable String reason) {
        return Answers.bytes(errors.document(
                status,
                status == 404
                        ? "there is nothing at this path"
                        : reason == null ? "the request was answered with status " + status : reason));
    }
}

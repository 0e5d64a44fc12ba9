package io.synapse.sdk.testkit;

import io.synapse.sdk.testkit.Connection.ServerLink;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads one client's requests, and passes them to the server unless a fault has other plans. */
final class RequestRelay {
    private final Connection connection;
    private final FaultPlan plan;
    private final BufferedInputStream fromClient;
    private final ToClient toClient;
    private @Nullable ServerLink server;

    RequestRelay(Connection connection, FaultPlan plan, BufferedInputStream fromClient, ToClient toClient) {
        this.connection = connection;
        this.plan = plan;
        this.fromClient = fromClient;
        this.toClient = toClient;
    }

    /** Returns when the client has ended its side. */
    void run() throws IOException {
        while (ReplyRelay.hasMore(fromClient)) {
            // Asked only now: the client cannot speak another protocol before it has read the reply that allows it.
            if (server != null && server.replies().switchedProtocols()) {
                fromClient.transferTo(server.toServer());
            } else {
                exchange(Head.read(fromClient));
            }
        }
    }

    private void exchange(Head head) throws IOException {
        ProxiedRequest request = head.request();
        Effect effect = plan.effectOn(request);
        connection.requested(request);
        if (effect instanceof Effect.Answer answer) {
            answer(answer, head);
        } else if (effect instanceof Effect.Swallow) {
            fromClient.transferTo(OutputStream.nullOutputStream());
        } else if (effect instanceof Effect.Disconnect disconnect) {
            throw new ConnectionCut(disconnect.ending());
        } else {
            forward(head, request, effect);
        }
    }

    private void forward(Head head, ProxiedRequest request, Effect effect) throws IOException {
        ServerLink link = server == null ? connection.connect() : server;
        server = link;
        if (effect instanceof Effect.CutAfter cut) {
            toClient.cutAfter(cut.bytes(), cut.ending());
        }
        link.replies().expect(link, request, effect);
        link.toServer().write(head.raw());
        Body.copyOfRequest(head, fromClient, link.toServer());
    }

    private void answer(Effect.Answer answer, Head requestHead) throws IOException {
        if (requestHead.has("Expect", "100-continue")) {
            toClient.write(ascii("HTTP/1.1 100 Continue\r\n\r\n"));
        }
        Body.copyOfRequest(requestHead, fromClient, OutputStream.nullOutputStream());
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Injected Fault\r\n");
        answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        boolean bodyless = Body.hasNoBody(requestHead.request().method(), answer.status());
        if (answer.status() != 204) {
            head.append("Content-Length: " + body.length + "\r\n");
        }
        toClient.write(ascii(head + "\r\n"));
        if (!bodyless && body.length > 0) {
            toClient.write(body);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.agent.AgentClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLContext;

/** A server on this machine, over TLS: what an agent, an object store and a model server have to say, all at once. */
final class Local implements AutoCloseable {
    private static final String DOCUMENT =
            """
            {"submission_id": "job", "status": "SUCCEEDED", "entrypoint": "true",
             "object": "list", "data": [{"id": "model", "object": "model", "created": 0, "owned_by": "nobody"}]}
            """;
    private static final String LOG =
            """
            data: {"type": "log", "message": "one\\ntwo\\n"}

            data: {"type": "complete", "message": ""}

            """;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpsServer server;

    /** Starts it, with the certificate that the system properties name. */
    Local() throws IOException, NoSuchAlgorithmException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(SSLContext.getDefault()));
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            boolean isLog = exchange.getRequestURI().getPath().contains("/logs/stream");
            byte[] answer = (isLog ? LOG : DOCUMENT).getBytes(StandardCharsets.UTF_8);
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("Content-Type", isLog ? "text/event-stream" : "application/json");
            exchange.sendResponseHeaders(200, isHead ? -1 : answer.length);
            if (!isHead) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Asks for a job, blocking and not, follows its log, and prints what came. */
    void callWithSdk() {
        try (AgentClient client =
                        AgentClient.builder().baseUrl(url()).agentToken("token").build();
                LogStream log = client.tailJobLogs("job", TailOptions.DEFAULT.protocol(TailProtocol.HTTP))) {
            System.out.println("sdk: " + client.getJob("job").status() + " "
                    + client.async().getJob("job").join().status() + " " + log.stream().toList());
        }
    }

    /** The name of the jar that a class is in. */
    static String jar(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .getFileName()
                .toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}

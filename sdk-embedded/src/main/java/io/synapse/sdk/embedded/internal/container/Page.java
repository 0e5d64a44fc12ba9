package io.synapse.sdk.embedded.internal.container;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;

/** The page of a container, asked whether it is there. */
final class Page {
    private static final int TIMEOUT_MILLISECONDS = 2_000;

    private final URI address;

    Page(String host, int port) {
        // The wildcard is no address to connect to; this machine listens on all of them.
        String reachable = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        address = URI.create(
                "http://" + (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":" + port + "/");
    }

    /** Whether it answers HTTP, with whatever status. That the port is open says nothing: Docker itself opens it. */
    boolean answers() {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(TIMEOUT_MILLISECONDS);
            connection.setReadTimeout(TIMEOUT_MILLISECONDS);
            connection.setInstanceFollowRedirects(false);
            try {
                return connection.getResponseCode() > 0;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until it answers, looking again and again, as long as somebody cares. */
    boolean awaitAnswer(Duration patience, StillThere container) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!answers()) {
            if (System.nanoTime() > deadline || !container.isRunning()) {
                return false;
            }
            Thread.sleep(200);
        }
        return true;
    }

    /** Whether the container goes on, so that its page may still come. */
    interface StillThere {
        boolean isRunning();
    }
}

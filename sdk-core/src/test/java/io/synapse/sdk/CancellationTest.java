package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Giving up goes down to the socket: the caller is free at once, and the server sees it. */
@Timeout(20)
class CancellationTest {
    private static final Endpoint<String> HUNG = Endpoint.get("hung", ResponseType.text());

    private HungServer server;
    private TestClient client;

    @BeforeEach
    void start() throws IOException {
        server = new HungServer();
        client = TestClient.builder()
                .baseUrl(server.url())
                .readTimeout(Duration.ofMinutes(5))
                .callTimeout(Duration.ofMinutes(5))
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void anInterruptedCallReturnsAtOnceAndKeepsTheFlag() throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            try {
                client.perform(HUNG);
            } catch (RuntimeException e) {
                failure.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        await().until(() -> isBlockedInTheSocket(caller));

        long start = System.nanoTime();
        caller.interrupt();
        caller.join();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(failure.get())
                .isInstanceOf(CallCancelledException.class)
                .hasMessageContaining("interrupted")
                .hasMessageContaining("/hung");
        assertThat(flag).isTrue();
        server.disconnectSeen.get(5, TimeUnit.SECONDS);
    }

    @Test
    void aThreadThatIsInterruptedAlreadySendsNothing() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> client.perform(HUNG)).isInstanceOf(CallCancelledException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(server.requestSeen.getCount()).isOne();
    }

    @Test
    void aCancelledFutureClosesTheConnection() throws Exception {
        CompletableFuture<String> answer = client.async().perform(HUNG);
        server.requestSeen.await();

        answer.cancel(true);

        server.disconnectSeen.get(5, TimeUnit.SECONDS);
    }

    @Test
    void aFutureThatTimesOutClosesTheConnectionToo() throws Exception {
        CompletableFuture<String> answer = client.async().perform(HUNG);
        server.requestSeen.await();

        answer.orTimeout(1, TimeUnit.MILLISECONDS);

        server.disconnectSeen.get(5, TimeUnit.SECONDS);
    }

    @Test
    void closingTheClientEndsWhatIsUnderWay() throws Exception {
        CompletableFuture<String> answer = client.async().perform(HUNG);
        server.requestSeen.await();

        client.close();

        assertThatThrownBy(() -> answer.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CallCancelledException.class);
        server.disconnectSeen.get(5, TimeUnit.SECONDS);
        await().untilAsserted(() -> assertThat(ownThreads()).isEmpty());
    }

    @Test
    void closingTheClientEndsWhatPausesBeforeItsNextAttempt() throws Exception {
        CountDownLatch pausing = new CountDownLatch(1);
        ClientListener listener = new ClientListener() {
            @Override
            public void retryScheduled(Call call, Attempt failed, Duration delay) {
                pausing.countDown();
            }
        };
        try (MockWebServer busy = new MockWebServer()) {
            busy.enqueue(new MockResponse.Builder()
                    .code(503)
                    .addHeader("Retry-After", "29")
                    .build());
            busy.start();
            TestClient patient = TestClient.builder()
                    .baseUrl(busy.url("/").toString())
                    .callTimeout(Duration.ofMinutes(5))
                    .listener(listener)
                    .build();
            CompletableFuture<String> answer = patient.async().perform(HUNG);
            pausing.await();

            patient.close();

            assertThatThrownBy(() -> answer.get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(CallCancelledException.class)
                    .hasMessageContaining("the client was closed");
        }
    }

    @Test
    void closingTheClientEndsWhatWaitsForAThread() throws Exception {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int call = 0; call < 100; call++) { // more than run at once
            answers.add(client.async().perform(HUNG));
        }
        server.requestSeen.await();

        client.close();

        for (CompletableFuture<String> answer : answers) {
            assertThatThrownBy(() -> answer.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(CallCancelledException.class);
        }
    }

    @Test
    void aClosedClientSaysSo() {
        client.close();
        client.close();

        assertThatThrownBy(() -> client.perform(HUNG)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.async().perform(HUNG)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBlockingCallNeedsNoThreadOfOurs() throws Exception {
        Thread caller = new Thread(() -> {
            try {
                client.perform(HUNG);
            } catch (CallCancelledException expected) {
                assertThat(expected).hasMessageContaining("the client was closed");
            }
        });
        caller.start();
        server.requestSeen.await();

        assertThat(ownThreads()).isEmpty();

        client.close();
        caller.join();
    }

    private static boolean isBlockedInTheSocket(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals("sun.nio.ch.Net")
                        && frame.getMethodName().equals("poll"));
    }

    private static List<String> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("synapse-") || name.startsWith("Ok"))
                .toList();
    }
}

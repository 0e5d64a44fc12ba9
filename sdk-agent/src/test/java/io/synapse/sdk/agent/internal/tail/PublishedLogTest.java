package io.synapse.sdk.agent.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.AuthenticationException;
import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The publisher keeps to the rules of reactive streams and to what its Javadoc says. */
@Timeout(30)
class PublishedLogTest {
    private static final String LOG = "{\"type\": \"log\", \"message\": \"one\\ntwo\\nthree\\n\", \"offset\": 14}";

    private final CompletableFuture<Boolean> hungUp = new CompletableFuture<>();
    private final Recorder subscriber = new Recorder();
    private ScriptedAgent agent;
    private TailClient client;

    @AfterEach
    void close() throws IOException {
        client.close();
        agent.close();
    }

    @Test
    void everythingForOneWhoAsksForEverything() throws Exception {
        LogPublisher log = publishWhole();
        log.subscribe(subscriber);
        subscriber.subscription().request(Long.MAX_VALUE);
        assertThat(log.completion().get(5, TimeUnit.SECONDS)).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(subscriber.awaitEnd()).containsExactly("one", "two", "three", "complete");
        assertThat(log.statistics().lines()).isEqualTo(3);
    }

    @Test
    void noMoreThanAskedForAndTheEndWithoutAsking() throws Exception {
        LogPublisher log = publishWhole();
        log.subscribe(subscriber);
        subscriber.subscription().request(2);
        Awaitility.await().until(() -> subscriber.told.size() == 2);
        Awaitility.await().during(Duration.ofMillis(100)).until(() -> subscriber.told.equals(List.of("one", "two")));
        subscriber.subscription().request(1);
        assertThat(subscriber.awaitEnd()).containsExactly("one", "two", "three", "complete");
    }

    @Test
    void cancellingClosesTheConnectionAndNothingIsToldAnyMore() throws Exception {
        LogPublisher log = publishEndless();
        log.subscribe(subscriber);
        subscriber.subscription().request(Long.MAX_VALUE);
        Awaitility.await().until(() -> subscriber.told.size() == 3);
        subscriber.subscription().cancel();
        assertThat(hungUp.get(5, TimeUnit.SECONDS)).isNotNull();
        assertThat(log.completion()).isCancelled();
        Awaitility.await().during(Duration.ofMillis(50)).until(() -> subscriber.told.size() == 3);
    }

    @Test
    void cancellingWithoutHavingAskedForAnythingClosesTheConnection() throws Exception {
        LogPublisher log = publishEndless();
        log.subscribe(subscriber);
        Awaitility.await().until(() -> log.statistics().bytes() > 0);
        subscriber.subscription().cancel();
        assertThat(hungUp.get(5, TimeUnit.SECONDS)).isNotNull();
        assertThat(subscriber.told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "completion"})
    void closingEndsTheStreamAndTheSubscriberIsTold(String how) throws Exception {
        LogPublisher log = publishEndless();
        log.subscribe(subscriber);
        subscriber.subscription().request(1);
        Awaitility.await().until(() -> subscriber.told.size() == 1);
        if (how.equals("close")) {
            log.close();
        } else {
            log.completion().cancel(true);
        }
        assertThat(subscriber.awaitEnd()).containsExactly("one", CallCancelledException.class.getName());
        assertThatThrownBy(log.completion()::join).isInstanceOf(CancellationException.class);
        assertThat(hungUp.get(5, TimeUnit.SECONDS)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void aRequestForNothingIsAnError(long lines) throws Exception {
        LogPublisher log = publishEndless();
        log.subscribe(subscriber);
        Awaitility.await().until(() -> log.statistics().bytes() > 0);
        subscriber.subscription().request(lines);
        assertThat(subscriber.awaitEnd()).containsExactly(IllegalArgumentException.class.getName());
        assertThat(hungUp.get(5, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aSecondSubscriberIsTurnedAway() throws Exception {
        LogPublisher log = publishWhole();
        log.subscribe(subscriber);
        Recorder second = new Recorder();
        log.subscribe(second);
        assertThat(second.awaitEnd()).containsExactly(IllegalStateException.class.getName());
        subscriber.subscription().request(Long.MAX_VALUE);
        assertThat(subscriber.awaitEnd()).contains("three", "complete");
    }

    @Test
    void anErrorGoesToTheSubscriberAndTheCompletion() throws Exception {
        LogPublisher log = publish((number, reply) -> reply.refuse(401, "{}"));
        log.subscribe(subscriber);
        assertThat(subscriber.awaitEnd()).containsExactly(AuthenticationException.class.getName());
        assertThatThrownBy(() -> log.completion().get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(AuthenticationException.class);
    }

    @Test
    void aSubscriberThatThrowsIsToldNoMoreAndTheConnectionIsClosed() throws Exception {
        LogPublisher log = publishEndless();
        log.subscribe(new Recorder() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.request(1);
            }

            @Override
            public void onNext(String line) {
                throw new IllegalStateException("mine");
            }
        });
        assertThatThrownBy(() -> log.completion().get(5, TimeUnit.SECONDS)).hasRootCauseMessage("mine");
        assertThat(hungUp.get(5, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void eachLineGoesToAConsumerAndTheCompletionIsReturned() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        LogPublisher log = publishWhole();
        assertThat(log.forEachLine(lines::add).get(5, TimeUnit.SECONDS)).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(lines).containsExactly("one", "two", "three");
        assertThatThrownBy(() -> log.forEachLine(lines::add).join()).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatAConsumerThrowsFailsTheCompletionAndClosesTheConnectionAnErrorToo() throws Exception {
        LogPublisher log = publishEndless();
        CompletableFuture<JobStatus> end = log.forEachLine(line -> {
            throw new AssertionError("mine");
        });
        assertThatThrownBy(() -> end.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(AssertionError.class);
        assertThat(hungUp.get(5, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void anExecutorThatTakesNothingFailsTheCompletion() throws Exception {
        publishWhole();
        client.close();
        client = TailClient.builder(agent.url())
                .executor(task -> {
                    throw new java.util.concurrent.RejectedExecutionException("full");
                })
                .build();
        LogPublisher log = client.publish("j", TailOptions.DEFAULT);
        assertThatThrownBy(() -> log.forEachLine(line -> {}).get(5, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void anExecutorThatNeverRunsWhatItTookDoesNotOutliveTheClient() throws Exception {
        publishWhole();
        client.close();
        client = TailClient.builder(agent.url()).executor(task -> {}).build();
        CompletableFuture<JobStatus> end =
                client.publish("j", TailOptions.DEFAULT).forEachLine(line -> {});
        client.close();
        assertThatThrownBy(() -> end.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(CallCancelledException.class);
    }

    @Test
    void itRunsOnADaemonThreadThatDoesNotOutliveTheClient() throws Exception {
        publishEndless().subscribe(subscriber);
        subscriber.subscription();
        assertThat(subscriber.thread).satisfies(thread -> {
            assertThat(thread.getName()).startsWith("synapse-tail-");
            assertThat(thread.isDaemon()).isTrue();
        });
        client.close();
        assertThat(subscriber.awaitEnd()).contains(CallCancelledException.class.getName());
        Awaitility.await().until(() -> !subscriber.thread.isAlive());
    }

    private LogPublisher publishWhole() throws IOException {
        return publish((number, reply) -> {
            agent.status = "SUCCEEDED";
            reply.accept();
            reply.send(LOG);
            reply.send("{\"type\": \"complete\"}");
            reply.end();
        });
    }

    private LogPublisher publishEndless() throws IOException {
        return publish((number, reply) -> {
            reply.accept();
            reply.send(LOG);
            hungUp.complete(reply.awaitHangUp());
        });
    }

    private LogPublisher publish(ScriptedAgent.Script script) throws IOException {
        agent = new ScriptedAgent(script);
        client = TailClient.builder(agent.url()).build();
        return client.publish("j", TailOptions.DEFAULT.protocol(TailProtocol.HTTP));
    }

    /** Writes down what it is told. */
    private static class Recorder implements Flow.Subscriber<String> {
        final List<String> told = new CopyOnWriteArrayList<>();
        volatile Thread thread;
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        private final CompletableFuture<List<String>> end = new CompletableFuture<>();

        Flow.Subscription subscription() throws Exception {
            return subscription.get(5, TimeUnit.SECONDS);
        }

        List<String> awaitEnd() throws Exception {
            return end.get(5, TimeUnit.SECONDS);
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            thread = Thread.currentThread();
            subscription.complete(given);
        }

        @Override
        public void onNext(String line) {
            told.add(line);
        }

        @Override
        public void onError(Throwable failure) {
            told.add(failure.getClass().getName());
            end.complete(told);
        }

        @Override
        public void onComplete() {
            told.add("complete");
            end.complete(told);
        }
    }
}

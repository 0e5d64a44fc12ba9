package io.synapse.sdk.gateway.server.model;

import static io.synapse.sdk.gateway.server.model.OpenAiReplies.PLAN;
import static io.synapse.sdk.gateway.server.model.OpenAiReplies.pieces;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.server.AgentException;
import io.synapse.sdk.gateway.server.AgentException.Kind;
import io.synapse.sdk.gateway.server.model.langchain4j.LangChain4jModel;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chat models of LangChain4j that a program brings along, whose pieces come on threads of their own. */
@Timeout(30)
class LangChain4jModelTest {
    private static final PlanRequest TASK = PlanRequest.of("x");

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final ThreadedModel threaded = new ThreadedModel();

    @Test
    void piecesOfAnotherThreadAreAnAnswer() throws Exception {
        threaded.script = handler -> {
            pieces(PLAN).forEach(piece -> threaded.give(handler, piece));
            handler.onCompleteResponse(response(PLAN, FinishReason.STOP));
        };

        try (ModelAgent agent = agent(LangChain4jModel.of("own", threaded))) {
            assertThat(agent.plan(TASK, received::add).additionalProperties()).containsEntry("source", "model:own");
        }
        assertThat(received).isEqualTo(pieces(PLAN));
        assertThat(threaded.handle.isCancelled()).isFalse();
        assertThat(threaded.request.join().responseFormat()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void anInterruptCancelsByTheHandle(int pieces) throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch given = new CountDownLatch(1);
        threaded.script = handler -> {
            pieces(PLAN).subList(0, pieces).forEach(piece -> threaded.give(handler, piece));
            given.countDown();
            interrupted.await();
            threaded.give(handler, "more"); // without a handle before it, this one is the first to end it
        };
        ModelAgent agent = agent(LangChain4jModel.of("own", threaded));
        FutureTask<Object> call = new FutureTask<>(() -> agent.plan(TASK, received::add));
        Thread thread = new Thread(call);
        thread.start();
        given.await();

        thread.interrupt();

        assertThatThrownBy(call::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        interrupted.countDown();
        assertThat(threaded.handle.cancelled.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(received).isEqualTo(pieces(PLAN).subList(0, pieces));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void silenceIsADeadline(int pieces) {
        threaded.script = handler -> pieces(PLAN).subList(0, pieces).forEach(piece -> threaded.give(handler, piece));
        ModelAgent agent = agent(LangChain4jModel.of("own", threaded).silence(Duration.ofSeconds(1)));

        AgentException failure = catchThrowableOfType(AgentException.class, () -> agent.plan(TASK, received::add));

        assertThat(failure.kind()).isEqualTo(Kind.DEADLINE);
        assertThat(failure.partialText()).isEqualTo(String.join("", pieces(PLAN).subList(0, pieces)));
        assertThat(threaded.handle.isCancelled()).isEqualTo(pieces > 0);
    }

    @Test
    void aReceiverThatThrowsCancelsTheGeneration() {
        IllegalStateException gone = new IllegalStateException("gone");
        threaded.script = handler -> pieces(PLAN).forEach(piece -> threaded.give(handler, piece));
        ModelAgent agent = agent(LangChain4jModel.of("own", threaded));

        assertThatThrownBy(() -> agent.plan(TASK, piece -> {
                    received.add(piece);
                    throw gone;
                }))
                .isSameAs(gone);
        assertThat(received).hasSize(1);
        assertThat(threaded.handle.isCancelled()).isTrue();
    }

    /** As LangChain4j does for OpenAI: an error, and then an answer of what came. */
    @Test
    void theFirstEndCounts() {
        threaded.inline = true; // both are reported before the agent looks
        threaded.script = handler -> {
            threaded.give(handler, "{");
            handler.onError(new RateLimitException("no"));
            handler.onCompleteResponse(response(PLAN, FinishReason.STOP));
        };
        ModelAgent agent = agent(LangChain4jModel.of("own", threaded));

        AgentException failure = catchThrowableOfType(AgentException.class, () -> agent.plan(TASK, received::add));

        assertThat(failure.kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(failure.partialText()).isEqualTo("{");
    }

    /** As LangChain4j's own client reports an answer of OpenAI whose connection ended too early. */
    @Test
    void aStreamWithoutAReasonOfItsEndWasCut() {
        threaded.script = handler -> {
            threaded.give(handler, "{");
            handler.onCompleteResponse(response(PLAN, null));
        };
        ModelAgent agent = agent(LangChain4jModel.of("own", threaded));

        AgentException failure = catchThrowableOfType(AgentException.class, () -> agent.plan(TASK, received::add));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.partialText()).isEqualTo("{");
    }

    @Test
    void anAnswerThatTheProviderWithholdsIsRefused() {
        threaded.script = handler -> handler.onCompleteResponse(response("{", FinishReason.CONTENT_FILTER));
        ModelAgent agent = agent(LangChain4jModel.of("own", threaded));

        AgentException failure = catchThrowableOfType(AgentException.class, () -> agent.plan(TASK, received::add));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void aWholeAnswerIsOnePiece() throws Exception {
        CompletableFuture<ChatRequest> asked = new CompletableFuture<>();
        ChatModel model = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                asked.complete(request);
                return response(PLAN, null); // not every model has a reason
            }

            @Override
            public Set<Capability> supportedCapabilities() {
                return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
            }
        };

        assertThat(agent(LangChain4jModel.of("own", model))
                        .plan(TASK, received::add)
                        .totalSteps())
                .isEqualTo(2);
        assertThat(received).containsExactly(PLAN);
        assertThat(asked.join().responseFormat().jsonSchema()).isNotNull();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new RateLimitException("secret"), Kind.OVERLOADED),
                Arguments.of(new AuthenticationException("secret"), Kind.REFUSED),
                Arguments.of(new TimeoutException("secret"), Kind.DEADLINE),
                Arguments.of(new InternalServerException(new HttpException(529, "secret")), Kind.OVERLOADED),
                Arguments.of(new InternalServerException(new HttpException(502, "secret")), Kind.UNAVAILABLE),
                Arguments.of(new UnresolvedModelServerException("secret"), Kind.UNAVAILABLE),
                Arguments.of(new RuntimeException(new ConnectException("secret")), Kind.UNAVAILABLE),
                Arguments.of(new IllegalStateException("secret"), Kind.INTERNAL));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureHasItsKindAndNotItsText(RuntimeException thrown, Kind kind) {
        ChatModel model = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                throw thrown;
            }
        };

        AgentException failure = catchThrowableOfType(
                AgentException.class,
                () -> agent(LangChain4jModel.of("own", model)).plan(TASK, received::add));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining("own").hasMessageNotContaining("secret");
    }

    private static ModelAgent agent(LanguageModel model) {
        return ModelAgent.builder().model(model).pause(delay -> {}).build();
    }

    private static ChatResponse response(String text, @Nullable FinishReason reason) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(text))
                .finishReason(reason)
                .build();
    }

    private interface Script {
        void run(StreamingChatResponseHandler handler) throws InterruptedException;
    }

    private static final class Handle implements StreamingHandle {
        private final CountDownLatch cancelled = new CountDownLatch(1);

        @Override
        public void cancel() {
            cancelled.countDown();
        }

        @Override
        public boolean isCancelled() {
            return cancelled.getCount() == 0;
        }
    }

    /** A model that answers on a thread of its own. */
    private static final class ThreadedModel implements StreamingChatModel {
        private final Handle handle = new Handle();
        private final CompletableFuture<ChatRequest> request = new CompletableFuture<>();
        private Script script = handler -> {};
        private boolean inline;

        @Override
        public void doChat(ChatRequest asked, StreamingChatResponseHandler handler) {
            request.complete(asked);
            Thread thread = new Thread(() -> run(handler));
            thread.setDaemon(true);
            if (inline) {
                run(handler);
            } else {
                thread.start();
            }
        }

        private void run(StreamingChatResponseHandler handler) {
            try {
                script.run(handler);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** What is given after the cancellation does not come. */
        private void give(StreamingChatResponseHandler handler, String piece) {
            if (!handle.isCancelled()) {
                handler.onPartialResponse(new PartialResponse(piece), new PartialResponseContext(handle));
            }
        }
    }
}

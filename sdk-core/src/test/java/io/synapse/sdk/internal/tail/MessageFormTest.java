package io.synapse.sdk.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.internal.tail.LogSink.Form;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Messages become exact text: wire/agent.md, section 5, and better than its letter for torn first lines. */
class MessageFormTest {
    private static final long MILLISECOND = 1_000_000;

    private final MessageForm form = new MessageForm();

    @Test
    void piecesBeforeTheFirstNewlineAreHeldAndGivenOutExactly() {
        assertThat(accept("he")).isEmpty();
        assertThat(accept("llo")).isEmpty();
        assertThat(form.isHolding()).isTrue();
        assertThat(accept(" world\nsec")).isEqualTo("hello world\nsec");
        assertThat(accept("ond")).isEqualTo("ond");
        assertThat(accept("")).isEmpty();
        assertThat(form.isHolding()).isFalse();
    }

    @Test
    void linesAreGivenOutAsLinesWhenNoNewlineComes() {
        accept("one");
        accept("");
        accept("two");
        assertThat(release()).isEqualTo("one\n\ntwo\n");
        assertThat(accept("three")).isEqualTo("three\n");
        assertThat(accept("")).isEqualTo("\n");
        assertThat(release()).isEmpty();
    }

    @Test
    void aNewlineLaterMakesExactTextOfWhatFollows() {
        accept("one");
        release();
        assertThat(accept("two\nthr")).isEqualTo("two\nthr");
        assertThat(accept("ee")).isEqualTo("ee");
    }

    @Test
    void noMoreThanSoMuchIsHeld() {
        for (int i = 1; i < MessageForm.MAX_HELD_MESSAGES; i++) {
            assertThat(accept("x")).isEmpty();
        }
        assertThat(accept("x")).isEqualTo("x\n".repeat(MessageForm.MAX_HELD_MESSAGES));
        assertThat(accept(new MessageForm(), "x".repeat(MessageForm.MAX_HELD_BYTES), Form.TEXT_OR_LINE, 0))
                .hasSize(MessageForm.MAX_HELD_BYTES + 1);
    }

    @Test
    void noMessageWaitsLongerThanASecondEvenAcrossConnections() {
        accept(form, "one", Form.TEXT_OR_LINE, 0);
        assertThat(form.patience(0)).isEqualTo(MessageForm.MAX_QUIET);
        assertThat(form.patience(900 * MILLISECOND)).isEqualTo(Duration.ofMillis(100));
        assertThat(form.patience(2_000 * MILLISECOND)).isEqualTo(Duration.ofMillis(1));
        form.restart();
        assertThat(form.isHolding()).isFalse();
        assertThat(accept(form, "one", Form.TEXT_OR_LINE, 1_000 * MILLISECOND)).isEqualTo("one\n");
    }

    @Test
    void exactTextAndLinesNeedNoDecision() {
        assertThat(accept(form, "he", Form.EXACT, 0)).isEqualTo("he");
        assertThat(accept(form, "one", Form.LINE, 0)).isEqualTo("one\n");
        assertThat(accept(form, "", Form.LINE, 0)).isEqualTo("\n");
        assertThat(accept("pie")).isEmpty();
        assertThat(accept("ce\n")).isEqualTo("piece\n");
    }

    private String accept(String message) {
        return accept(form, message, Form.TEXT_OR_LINE, 0);
    }

    private static String accept(MessageForm form, String message, Form given, long now) {
        byte[] bytes = ("x" + message).getBytes(StandardCharsets.UTF_8);
        TextBuffer exact = new TextBuffer();
        form.accept(bytes, 1, bytes.length - 1, given, now, exact);
        return string(exact);
    }

    private String release() {
        TextBuffer exact = new TextBuffer();
        form.release(exact);
        return string(exact);
    }

    private static String string(TextBuffer text) {
        return new String(text.bytes(), text.start(), text.length(), StandardCharsets.UTF_8);
    }
}

package io.synapse.sdk.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.internal.tail.LogEvent.Form;
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
        assertThat(form.release()).isEqualTo("one\n\ntwo\n");
        assertThat(accept("three")).isEqualTo("three\n");
        assertThat(accept("")).isEqualTo("\n");
        assertThat(form.release()).isEmpty();
    }

    @Test
    void aNewlineLaterMakesExactTextOfWhatFollows() {
        accept("one");
        form.release();
        assertThat(accept("two\nthr")).isEqualTo("two\nthr");
        assertThat(accept("ee")).isEqualTo("ee");
    }

    @Test
    void noMoreThanSoMuchIsHeld() {
        for (int i = 1; i < MessageForm.MAX_HELD_MESSAGES; i++) {
            assertThat(accept("x")).isEmpty();
        }
        assertThat(accept("x")).isEqualTo("x\n".repeat(MessageForm.MAX_HELD_MESSAGES));
        assertThat(new MessageForm().accept("x".repeat(MessageForm.MAX_HELD_CHARACTERS), Form.TEXT_OR_LINE, 0))
                .hasSize(MessageForm.MAX_HELD_CHARACTERS + 1);
    }

    @Test
    void noMessageWaitsLongerThanASecondEvenAcrossConnections() {
        form.accept("one", Form.TEXT_OR_LINE, 0);
        assertThat(form.patience(0)).isEqualTo(MessageForm.MAX_QUIET);
        assertThat(form.patience(900 * MILLISECOND)).isEqualTo(Duration.ofMillis(100));
        assertThat(form.patience(2_000 * MILLISECOND)).isEqualTo(Duration.ofMillis(1));
        form.restart();
        assertThat(form.isHolding()).isFalse();
        assertThat(form.accept("one", Form.TEXT_OR_LINE, 1_000 * MILLISECOND)).isEqualTo("one\n");
    }

    @Test
    void exactTextAndLinesNeedNoDecision() {
        assertThat(form.accept("he", Form.EXACT, 0)).isEqualTo("he");
        assertThat(form.accept("one", Form.LINE, 0)).isEqualTo("one\n");
        assertThat(form.accept("", Form.LINE, 0)).isEqualTo("\n");
        assertThat(accept("pie")).isEmpty();
        assertThat(accept("ce\n")).isEqualTo("piece\n");
    }

    private String accept(String message) {
        return form.accept(message, Form.TEXT_OR_LINE, 0);
    }
}

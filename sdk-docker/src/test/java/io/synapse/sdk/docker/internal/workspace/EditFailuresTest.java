package io.synapse.sdk.docker.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each verdict but one is an exception of its own, whose message says what to do. */
class EditFailuresTest {
    @Test
    void anEditIsGivenBack() {
        EditVerdict.Edited edited = new EditVerdict.Edited("text", 1);

        assertThat(EditFailures.check(edited, "/w/f")).isSameAs(edited);
    }

    @Test
    void severalMatchesTellWhereTheyAre() {
        fails(new EditVerdict.SeveralMatches(3, List.of(1, 4)), Reason.SEVERAL_MATCHES, "3 times", "the lines 1, 4 …");
        fails(new EditVerdict.SeveralMatches(2, List.of(7)), Reason.SEVERAL_MATCHES, "line 7");
    }

    @Test
    void eachReasonIsToldApart() {
        fails(new EditVerdict.NotFound(), Reason.NO_MATCH, "not in /w/f");
        fails(new EditVerdict.FoundWithoutLastLineEnd(1), Reason.NO_MATCH, "last line end");
        fails(new EditVerdict.NotText(), Reason.NOT_TEXT, "UTF-8");
        fails(new EditVerdict.TooLarge(99), Reason.TOO_LARGE, "99 characters");
    }

    @Test
    void whatCannotBeAskedForIsABadRequest() {
        for (EditVerdict verdict : List.of(new EditVerdict.SameText(), new EditVerdict.NothingToFind())) {
            assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> EditFailures.check(verdict, "/w/f"));
        }
    }

    private static void fails(EditVerdict verdict, Reason reason, String... words) {
        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> EditFailures.check(verdict, "/w/f"))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(reason))
                .satisfies(failure -> assertThat(failure).message().contains(words));
    }
}

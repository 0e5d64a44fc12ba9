package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.util.List;
import java.util.stream.Collectors;

/** Why a text cannot be edited, as a sentence on which a model can act. */
final class EditFailures {
    private EditFailures() {}

    /** The edited text; throws what another verdict means. */
    static EditVerdict.Edited check(EditVerdict verdict, String path) {
        if (verdict instanceof EditVerdict.Edited edited) {
            return edited;
        }
        if (verdict instanceof EditVerdict.SameText || verdict instanceof EditVerdict.NothingToFind) {
            throw BadRequestException.refused(
                    verdict instanceof EditVerdict.SameText
                            ? "the old and the new text are the same in " + path + ": nothing would change"
                            : "the old text is empty, and " + path + " is not: name the text that is to be replaced");
        }
        throw failure(verdict, path);
    }

    private static WorkspaceException failure(EditVerdict verdict, String path) {
        if (verdict instanceof EditVerdict.SeveralMatches several) {
            return new WorkspaceException(
                    Reason.SEVERAL_MATCHES,
                    "the text is " + several.count() + " times in " + path + ", in " + lines(several)
                            + ": replace all, or name more of its surroundings");
        }
        if (verdict instanceof EditVerdict.FoundWithoutLastLineEnd found) {
            return new WorkspaceException(
                    Reason.NO_MATCH,
                    "the text is not in " + path
                            + ", but is without its last line end, which the file does not have there ("
                            + found.occurrences() + " times): leave that out");
        }
        if (verdict instanceof EditVerdict.NotText) {
            return new WorkspaceException(Reason.NOT_TEXT, path + " is not UTF-8 text");
        }
        if (verdict instanceof EditVerdict.TooLarge large) {
            return new WorkspaceException(
                    Reason.TOO_LARGE,
                    path + " would have " + large.characters() + " characters, too many to be edited");
        }
        return new WorkspaceException(Reason.NO_MATCH, "the text is not in " + path);
    }

    private static String lines(EditVerdict.SeveralMatches several) {
        List<Integer> lines = several.lines();
        String named = lines.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return (lines.size() == 1 ? "line " : "the lines ") + named + (several.count() > lines.size() ? " …" : "");
    }
}

package io.synapse.sdk.docker.internal.workspace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The replacement of a text by another (wire/workspace.md, section 2). A model sees all line ends as {@code \n}: where
 * the text is not found as it is, it is looked for with {@code \r\n}, then with {@code \n}, and what replaces it has the
 * same.
 *
 * @param everywhere whether it may be there more than once, and is replaced at each place
 */
record TextEdit(String oldText, String newText, boolean everywhere) {
    private static final int MOST_LINES = 20;

    /**
     * Decides about a file.
     *
     * @param mostCharacters that it may have afterwards: many places and a long text together may have any number
     */
    EditVerdict applyTo(byte[] content, int mostCharacters) {
        Optional<String> text = Utf8.text(content);
        return text.isPresent() ? applyTo(text.get(), mostCharacters) : new EditVerdict.NotText();
    }

    /**
     * Decides about a text.
     *
     * @param mostCharacters that it may have afterwards: many places and a long text together may have any number
     */
    EditVerdict applyTo(String content, int mostCharacters) {
        if (oldText.equals(newText)) {
            return new EditVerdict.SameText();
        }
        if (oldText.isEmpty()) {
            return fill(content, mostCharacters);
        }
        for (TextEdit variant : variants()) {
            if (variant.oldText.length() <= content.length()) { // no table for what cannot be found
                TextSearch search = new TextSearch(variant.oldText);
                int count = search.count(content);
                if (count > 0) {
                    return variant.replace(content, search, count, mostCharacters);
                }
            }
        }
        return oldText.endsWith("\n") ? notFoundWithLineEnd(content) : new EditVerdict.NotFound();
    }

    private EditVerdict fill(String content, int mostCharacters) {
        if (!content.isEmpty()) {
            return new EditVerdict.NothingToFind();
        }
        return newText.length() > mostCharacters
                ? new EditVerdict.TooLarge(newText.length())
                : new EditVerdict.Edited(newText, 1);
    }

    private EditVerdict replace(String content, TextSearch search, int count, int mostCharacters) {
        if (oldText.equals(newText)) {
            return new EditVerdict.SameText();
        }
        if (count > 1 && !everywhere) {
            return new EditVerdict.SeveralMatches(count, lines(content, search));
        }
        long length = content.length() + (long) count * (newText.length() - oldText.length());
        if (length > mostCharacters) {
            return new EditVerdict.TooLarge(length);
        }
        StringBuilder edited = new StringBuilder((int) length);
        int end = 0;
        for (int start = search.next(content, 0); start >= 0; start = search.next(content, end)) {
            edited.append(content, end, start).append(newText);
            end = start + oldText.length();
        }
        return new EditVerdict.Edited(
                edited.append(content, end, content.length()).toString(), count);
    }

    private List<Integer> lines(String content, TextSearch search) {
        List<Integer> lines = new ArrayList<>();
        int counted = 0;
        int line = 1;
        int start = search.next(content, 0);
        while (start >= 0 && lines.size() < MOST_LINES) {
            line += LineEnds.count(content, counted, start);
            counted = start;
            if (lines.isEmpty() || line > lines.get(lines.size() - 1)) {
                lines.add(line);
            }
            start = search.next(content, start + oldText.length());
        }
        return List.copyOf(lines);
    }

    private EditVerdict notFoundWithLineEnd(String content) {
        for (TextEdit variant : variants()) {
            String shorter = LineEnds.withoutLast(variant.oldText);
            if (!shorter.isEmpty() && content.endsWith(shorter)) {
                return new EditVerdict.FoundWithoutLastLineEnd(new TextSearch(shorter).count(content));
            }
        }
        return new EditVerdict.NotFound();
    }

    /** As it is, with {@code \r\n}, and with {@code \n}: each once. */
    private Set<TextEdit> variants() {
        Set<TextEdit> variants = new LinkedHashSet<>();
        variants.add(this);
        variants.add(new TextEdit(LineEnds.toCrLf(oldText), LineEnds.toCrLf(newText), everywhere));
        variants.add(new TextEdit(LineEnds.toLf(oldText), LineEnds.toLf(newText), everywhere));
        return variants;
    }
}

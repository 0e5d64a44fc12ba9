package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.BadRequestException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The patterns without alternatives that a {@link GlobPattern} with alternatives stands for. */
final class BraceExpansion {
    private static final int MOST_PATTERNS = 1_000;
    private static final int MOST_CHARACTERS = 500_000; // of all together, since each may be long

    private final List<String> done = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();
    private long characters;

    private BraceExpansion() {}

    /**
     * All patterns that this one stands for, each once.
     *
     * @throws BadRequestException when they are more than 1,000, equal ones counted too: the work is the same
     */
    static Set<String> of(String pattern) {
        BraceExpansion expansion = new BraceExpansion();
        expansion.add(pattern, expansion.open);
        while (!expansion.open.isEmpty()) {
            expansion.next();
        }
        return new LinkedHashSet<>(expansion.done);
    }

    private void next() {
        String pattern = open.pop();
        characters -= pattern.length();
        Group group = outerGroup(pattern);
        if (group == null) {
            add(pattern, done);
            return;
        }
        String before = pattern.substring(0, group.start());
        String after = pattern.substring(group.end() + 1);
        for (String choice : choices(pattern.substring(group.start() + 1, group.end()))) {
            add(before + choice + after, open);
        }
    }

    private void add(String pattern, Collection<String> patterns) {
        patterns.add(pattern);
        characters += pattern.length();
        if (done.size() + open.size() > MOST_PATTERNS || characters > MOST_CHARACTERS) {
            throw BadRequestException.refused("the pattern stands for more than " + MOST_PATTERNS
                    + " others, or for more than " + MOST_CHARACTERS + " characters");
        }
    }

    /**
     * Alternatives that are in no others; null where there are none. A brace without a comma or an end is a character
     * like others. One pass: a pattern may have nothing but braces.
     */
    private static @Nullable Group outerGroup(String pattern) {
        Group outer = null;
        Deque<Integer> starts = new ArrayDeque<>();
        Deque<Boolean> withChoice = new ArrayDeque<>();
        for (int index = 0; index < pattern.length() && (outer == null || !starts.isEmpty()); index++) {
            char each = pattern.charAt(index);
            if (each == '{') {
                starts.push(index);
                withChoice.push(false);
            } else if (each == ',' && !starts.isEmpty()) {
                withChoice.pop();
                withChoice.push(true);
            } else if (each == '}' && !starts.isEmpty()) {
                int start = starts.pop();
                if (withChoice.pop()) {
                    outer = new Group(start, index);
                }
            }
        }
        return outer;
    }

    private static List<String> choices(String inside) {
        List<String> choices = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int index = 0; index < inside.length(); index++) {
            char each = inside.charAt(index);
            depth += each == '{' ? 1 : each == '}' ? -1 : 0;
            if (each == ',' && depth == 0) {
                choices.add(inside.substring(from, index));
                from = index + 1;
            }
        }
        choices.add(inside.substring(from));
        return choices;
    }

    /** Where alternatives begin and end: the indices of their braces. */
    private record Group(int start, int end) {}
}

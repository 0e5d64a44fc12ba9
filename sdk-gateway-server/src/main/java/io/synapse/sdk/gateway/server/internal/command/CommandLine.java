package io.synapse.sdk.gateway.server.internal.command;

import java.util.ArrayList;
import java.util.List;

/**
 * A command as one line, which no shell ever sees. White space separates words; single quotes keep all, double quotes all
 * but {@code \"} and {@code \\}; a backslash keeps the next character. What only a shell could do is refused rather than
 * taken for plain text: {@code ; & | < > ( ) $ `} and line ends without quotes, {@code $} and {@code `} in double quotes.
 */
final class CommandLine {
    private static final String OPERATORS = ";&|<>()$`\n\r";
    private static final String EXPANSIONS = "$`";

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    /** Why a line is none. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;

        SyntaxException(String why) {
            super(why);
        }
    }

    private CommandLine(String line) {
        this.line = line;
    }

    /** The words of a line. */
    static List<String> words(String line) throws SyntaxException {
        return new CommandLine(line).split();
    }

    private List<String> split() throws SyntaxException {
        while (at < line.length()) {
            char next = line.charAt(at++);
            switch (next) {
                case ' ', '\t' -> endWord();
                case '\'' -> quoted();
                case '"' -> doublyQuoted();
                case '\\' -> add(escaped());
                default -> add(plain(next, OPERATORS));
            }
        }
        endWord();
        return List.copyOf(words);
    }

    private void add(char character) {
        inWord = true;
        word.append(character);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
    }

    private void quoted() throws SyntaxException {
        int end = line.indexOf('\'', at);
        if (end < 0) {
            throw new SyntaxException("a single quote is not closed");
        }
        inWord = true;
        word.append(line, at, end);
        at = end + 1;
    }

    private void doublyQuoted() throws SyntaxException {
        inWord = true;
        while (at < line.length()) {
            char next = line.charAt(at++);
            if (next == '"') {
                return;
            }
            boolean isEscape = next == '\\' && at < line.length() && "\"\\$`".indexOf(line.charAt(at)) >= 0;
            add(isEscape ? line.charAt(at++) : plain(next, EXPANSIONS));
        }
        throw new SyntaxException("a double quote is not closed");
    }

    private char escaped() throws SyntaxException {
        if (at == line.length()) {
            throw new SyntaxException("nothing follows the last backslash");
        }
        return line.charAt(at++);
    }

    private static char plain(char next, String refused) throws SyntaxException {
        if (refused.indexOf(next) >= 0) {
            throw new SyntaxException("no shell runs it, so that " + (next < ' ' ? "a line end" : "'" + next + "'")
                    + " has no meaning there; quote it, or give the arguments as a list");
        }
        return next;
    }
}

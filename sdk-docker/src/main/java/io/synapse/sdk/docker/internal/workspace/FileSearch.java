package io.synapse.sdk.docker.internal.workspace;

import static io.synapse.sdk.docker.internal.workspace.ShellText.quote;

import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.workspace.GlobResult;
import io.synapse.sdk.workspace.GrepQuery;
import io.synapse.sdk.workspace.GrepResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The searches of one agent (wire/workspace.md, section 2): the container finds names and lines, what they mean is decided
 * here, and is so the same in every image. Safe for use by several threads.
 */
final class FileSearch {
    private static final int MOST_FILES = 10_000;
    private static final Duration GLOB_LIMIT = Duration.ofSeconds(5);
    private static final Duration GREP_LIMIT = Duration.ofSeconds(15);

    private final ShellPool shells;

    FileSearch(ShellPool shells) {
        this.shells = shells;
    }

    /** Enough is found: what follows need not be read. */
    private static final class EnoughException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    GlobResult glob(GlobPattern pattern, String folder) {
        return shells.read(shell -> {
            List<String> found = Collections.synchronizedList(new ArrayList<>());
            NameReader names = new NameReader(name -> {
                if (pattern.matches(name) && !TemporaryName.endsPath(name)) {
                    if (found.size() == MOST_FILES) {
                        throw new EnoughException();
                    }
                    found.add(name);
                }
            });
            FirstField real = new FirstField(names);
            boolean truncated = search(shell, "files " + quote(folder), real, folder, GLOB_LIMIT);
            return new GlobResult(
                    List.copyOf(found).stream()
                            .map(name -> WorkspacePath.within(real.text(), name))
                            .sorted()
                            .toList(),
                    truncated);
        });
    }

    GrepResult grep(GrepQuery query, Predicate<String> files, String path) {
        return shells.read(shell -> {
            GrepReader lines = new GrepReader(
                    shell.word(), files, query.maxCount() == null ? Integer.MAX_VALUE : query.maxCount());
            FirstField real = new FirstField((bytes, offset, length) -> {
                if (!lines.take(bytes, offset, length)) {
                    throw new EnoughException();
                }
            });
            boolean truncated =
                    search(shell, "search " + quote(query.text()) + " " + quote(path), real, path, GREP_LIMIT);
            List<GrepResult.Match> matches = lines.matches(real.text());
            return new GrepResult(
                    matches.stream()
                            .sorted(Comparator.comparing(GrepResult.Match::path).thenComparing(GrepResult.Match::line))
                            .toList(),
                    truncated || lines.isTruncated());
        });
    }

    /** Whether the search was broken off. */
    private boolean search(Shell shell, String request, FirstField result, String path, Duration limit)
            throws IOException, InterruptedException {
        try {
            FileFailures.check(shell.call(request, result, Deadline.after(limit)), path);
            return false;
        } catch (EnoughException | RequestTimeoutException e) {
            return true;
        }
    }
}

package io.synapse.sdk.examples;

import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.Edit;
import io.synapse.sdk.workspace.GrepQuery;
import io.synapse.sdk.workspace.PathDeniedException;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WriteCondition;
import io.synapse.sdk.workspace.WriteConflictException;

/** Three agents work in one container; what models would decide is decided here. The argument is an image. */
public final class SharedWorkspace {
    private static final String SALES = Workspace.SHARED + "/sales.csv";
    private static final String REPORT = Workspace.SHARED + "/report.md";

    private SharedWorkspace() {}

    /** Runs it; it needs a Docker Engine. */
    public static void main(String[] arguments) {
        String image = arguments.length == 0 ? "python:3.12-slim" : arguments[0];
        try (Workspace workspace = DockerWorkspace.builder().image(image).open()) {
            WorkspaceAgent research = workspace.agent("research");
            WorkspaceAgent analysis = workspace.agent("analysis");
            WorkspaceAgent synthesis = workspace.agent("synthesis");
            var collected = research.async().perform(agent -> {
                agent.write("raw.txt", "north 120\nsouth 80\nnorth 45\n"); // in its own folder
                return agent.execute("tr ' ' , <raw.txt >" + SALES + " && wc -l <" + SALES);
            });
            var begun = synthesis.async().write(REPORT, "# Draft\nnorth: ?\n", WriteCondition.ifAbsent());
            say(research, "collected lines: " + collected.join().output());
            say(synthesis, "began " + begun.join().path());
            try {
                analysis.read("/workspace/research/raw.txt");
            } catch (PathDeniedException e) {
                say(analysis, "refused: " + e.getMessage());
            }
            String version = analysis.read(REPORT).version();
            CommandResult sum = analysis.execute("awk -F, '/north/ { n += $2 } END { printf n }' " + SALES);
            synthesis.edit(REPORT, Edit.replace("# Draft", "# Sales")); // analysis does not know of it
            try {
                analysis.write(REPORT, "# Draft\nnorth: " + sum.output(), WriteCondition.ifVersion(version));
            } catch (WriteConflictException e) {
                say(analysis, "not written, since another has:\n" + e.changes().orElse("?"));
                String current = e.currentVersion().orElseThrow();
                analysis.edit(REPORT, Edit.replace("?", sum.output()), WriteCondition.ifVersion(current));
            }
            GrepQuery north = GrepQuery.of("north").path(Workspace.SHARED);
            for (var match : synthesis.grep(north).matches()) {
                say(synthesis, "found " + match.path() + ":" + match.line() + ": " + match.text());
            }
        }
    }

    private static void say(WorkspaceAgent agent, String what) {
        System.out.println(agent.name() + ": " + what.strip());
    }
}

package io.synapse.sdk.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command line of the runnable jar; what it does is in {@code McpServerIT}. */
class ToolsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | a subcommand is missing",
                "workspace | Missing required option: '--mcp'",
                "workspace --mcp --network host | a workspace cannot have the network \"host\"",
                "workspace --mcp --memory 9223372036854775807 | long overflow",
                "workspace --mcp --command-timeout -1 | a time limit cannot be negative"
            })
    void wrongUsageIsSaid(String arguments, String message) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(errors.toString()).contains(message);
    }

    @Test
    void whatFailsIsOneLine() {
        assertThat(run("workspace --mcp --docker-host unix:///nothing/docker.sock"))
                .isEqualTo(1);
        assertThat(errors.toString().lines()).hasSize(1).first().asString().startsWith("workspace: ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helpNamesTheOptions() {
        assertThat(run("workspace --help")).isZero();
        assertThat(out.toString()).contains("--mcp", "--image", "--agent", "--container", "--docker-host");
    }

    private int run(String arguments) {
        CommandLine command = ToolsCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(errors, true));
        return command.execute(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    }
}

package io.synapse.sdk.embedded.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ServerCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Command(name = "some-server", mixinStandardHelpOptions = true)
    private static final class SomeServer implements Callable<Integer> {
        @Mixin
        private final ServerCommand server = new ServerCommand();

        private final Supplier<Integer> start;

        SomeServer(Supplier<Integer> start) {
            this.start = start;
        }

        @Override
        public Integer call() {
            int started = server.configure(start);
            server.warnUnlessLoopback();
            return started;
        }
    }

    private int execute(Supplier<Integer> start, String... arguments) {
        return ServerCommand.commandLine(new SomeServer(start))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void saysInOneLineWhyItCannotStart() {
        assertThat(execute(() -> {
                    throw new IllegalStateException("the disk\n  is full");
                }))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err).hasToString("some-server: the disk is full" + System.lineSeparator());
    }

    @Test
    void namesTheExceptionThatHasNoMessage() {
        assertThat(execute(() -> {
                    throw new UnsupportedOperationException();
                }))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err).hasToString("some-server: java.lang.UnsupportedOperationException" + System.lineSeparator());
    }

    @Test
    void anOptionThatIsRefusedIsWrongUsage() {
        assertThat(execute(() -> {
                    throw new IllegalArgumentException("a port is\nfrom 0 to 65535");
                }))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).startsWith("a port is from 0 to 65535").contains("Usage: some-server");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, false", "127.1.2.3, false", "::1, false", "0.0.0.0, true", "no.such.host.invalid, true"})
    void warnsOfAddressesThatAreNotLoopback(String host, boolean warned) {
        assertThat(execute(() -> 0, "--host", host)).isZero();
        assertThat(err.toString().startsWith("warning: there is no TLS; on " + host + " "))
                .isEqualTo(warned);
        assertThat(err.toString().isEmpty()).isEqualTo(!warned);
    }

    @Test
    void outsideOfAJarItIsADevelopmentBuild() {
        assertThat(execute(() -> 0, "--version")).isZero();
        assertThat(out).hasToString("some-server (development build)" + System.lineSeparator());
    }
}

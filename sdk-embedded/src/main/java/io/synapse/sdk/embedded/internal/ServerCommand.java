package io.synapse.sdk.embedded.internal;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What the command lines of servers have in common: the address, how failures are told, and that they serve until a signal
 * ends the JVM. A command has it as a mixin, and beside it its other options and what it starts.
 */
public final class ServerCommand {
    /** Of the binding inside a runnable jar. In the jar itself they would reconfigure programs that embed the server. */
    private static final Map<String, String> LOGGING = Map.of(
            "logFile", "System.err",
            "defaultLogLevel", "info",
            "log.com.github.dockerjava", "warn",
            "log.io.javalin", "warn",
            "log.org.eclipse.jetty", "warn");

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on. There is no TLS: on any other than loopback the token goes in clear.")
    private String host = "";

    /** The command line of a command that has this as a mixin; its version is that of the jar the command is in. */
    public static CommandLine commandLine(Callable<Integer> command) {
        CommandLine line = new CommandLine(command);
        String version = command.getClass().getPackage().getImplementationVersion();
        line.getCommandSpec()
                .version(line.getCommandName() + " " + (version == null ? "(development build)" : version));
        return line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            failed.getErr().println(failed.getCommandName() + ": " + oneLine(failure));
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    /**
     * Runs a command and ends the JVM with its exit code.
     *
     * @param command makes the command line, once logging is configured
     * @param logging properties of slf4j-simple without their prefix, beside those of all servers; a property that the JVM
     *     was started with wins
     */
    public static void run(Supplier<CommandLine> command, Map<String, String> logging, String... arguments) {
        Map<String, String> all = new HashMap<>(LOGGING);
        all.putAll(logging);
        all.forEach((name, value) -> System.getProperties().putIfAbsent("org.slf4j.simpleLogger." + name, value));
        System.exit(command.get().execute(arguments));
    }

    /** The address to listen on. */
    public String host() {
        return host;
    }

    /**
     * Returns what the options configure.
     *
     * @throws ParameterException when an option has a value that is refused with an {@link IllegalArgumentException}
     */
    public <T> T configure(Supplier<T> options) {
        return configure(commandLine(), options);
    }

    /** The same, for a command that listens nowhere. */
    public static <T> T configure(CommandLine command, Supplier<T> options) {
        try {
            return options.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, oneLine(e), e);
        }
    }

    /** Prints a warning when the address is not loopback; to be called before the server starts. */
    public void warnUnlessLoopback() {
        if (!isLoopback(host)) {
            commandLine()
                    .getErr()
                    .println("warning: there is no TLS; on " + host + " the token and all data go in clear");
        }
    }

    /**
     * Announces a server that has started, masks its token in what is printed on stderr from now on, and waits. Returns only
     * by exception: a signal ends the whole JVM, and the server before it.
     *
     * @param name of the server, in the name of the thread that closes it
     * @param announcement lines for stdout
     */
    public int serve(String name, Runnable close, String token, List<String> announcement) throws InterruptedException {
        return serve(commandLine(), name, close, token, announcement);
    }

    /** The same, for a command that listens nowhere. */
    public static int serve(CommandLine command, String name, Runnable close, String token, List<String> announcement)
            throws InterruptedException {
        // Jetty logs headers as they come, where a user has switched that on.
        System.setErr(new PrintStream(new MaskedOutput(System.err, token), true));
        Runtime.getRuntime().addShutdownHook(new Thread(close, name + "-shutdown"));
        PrintWriter out = command.getOut();
        announcement.forEach(out::println);
        out.flush();
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("the command runs through its command line only");
        }
        return spec.commandLine();
    }

    /** A name that cannot be resolved counts as not; the start will then fail and say so. */
    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String oneLine(Throwable failure) {
        return Optional.ofNullable(failure.getMessage())
                .orElseGet(failure::toString)
                .replaceAll("\\s*\\R\\s*", " ");
    }
}

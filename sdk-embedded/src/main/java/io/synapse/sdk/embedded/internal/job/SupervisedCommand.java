package io.synapse.sdk.embedded.internal.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command as processes of this machine that all end when it is closed, as those of a job do that is stopped; and when
 * this JVM ends without closing it, those that stayed in its process group.
 */
public final class SupervisedCommand implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedCommand.class);
    private static final long LOOK_MILLISECONDS = 5;
    private static final Duration LONGEST_END = Duration.ofSeconds(20);

    /**
     * Waits until its process is on record and in its cgroup, then becomes the program. Its input stays with a watcher: the
     * input ends with this JVM. It also ends with the program; then this JVM is there, and does what is to be done. Variables
     * and arguments come as ASCII, since Java writes others in the encoding of its locale, which may lack them.
     */
    private static final String SCRIPT = """
            read -r __mark __jvm || exit 125
            exec 3<&0
            (
              read -r end
              sleep 1
              read -r stat <"/proc/$__jvm/stat" && case ${stat##*) } in Z* | X*) ;; *) exit ;; esac
              trap '' TERM
              kill -s TERM -- "-$$"
              sleep 3
              kill -s KILL -- "-$$"
            ) <&3 >/dev/null 2>&1 &
            __variables=$1 __left=$(($# - 1))
            shift
            while [ "$__left" -gt 0 ]; do
              __word=$(printf '%b.' "$1")
              shift
              if [ "$__variables" -gt 0 ]; then
                export "${__word%.}"
                __variables=$((__variables - 1))
              else
                set -- "$@" "${__word%.}"
              fi
              __left=$((__left - 1))
            done
            export SYNAPSE_JOBS="${SYNAPSE_JOBS:+$SYNAPSE_JOBS }$__mark"
            exec "$@" </dev/null 3<&-
            """;

    private final Process process;
    private final JobMembers members;

    private SupervisedCommand(Process process, JobMembers members) {
        this.process = process;
        this.members = members;
    }

    /**
     * Starts a program, without a shell between.
     *
     * @param arguments the program and its arguments
     * @param folder where it begins
     * @param environment all of its environment
     * @throws IOException when no process could be started
     */
    public static SupervisedCommand start(List<String> arguments, Path folder, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(JobProcesses.setsid(), "/bin/sh", "-c", SCRIPT, "sh"));
        command.addAll(words(arguments, environment));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        environment.forEach((name, value) -> {
            if (isAscii(name + value)) {
                builder.environment().put(name, value);
            }
        });
        Process process = builder.start();
        try {
            ProcessIdentity leader = ProcessIdentity.of(process.pid());
            JobMembers members = new JobMembers(leader, cgroup(leader).orElse(null));
            OutputStream input = process.getOutputStream();
            input.write(
                    (leader.mark() + " " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII));
            input.flush();
            return new SupervisedCommand(process, members);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly(); // it waits for its first line, and has started nothing
            throw e;
        }
    }

    /** How many variables there are, they, and the arguments, as the script reads them. */
    private static List<String> words(List<String> arguments, Map<String, String> environment) {
        List<String> variables = environment.entrySet().stream()
                .filter(each -> !isAscii(each.getKey() + each.getValue()))
                .map(each -> each.getKey() + "=" + each.getValue())
                .toList();
        List<String> words = new ArrayList<>(List.of(String.valueOf(variables.size())));
        Stream.concat(variables.stream(), arguments.stream())
                .map(SupervisedCommand::escaped)
                .forEach(words::add);
        return words;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(each -> each < 0x80);
    }

    /** In ASCII, for the format %b of printf. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (each < 0 || each == '\\') {
                escaped.append(String.format("\\0%03o", each & 0xFF));
            } else {
                escaped.append((char) each);
            }
        }
        return escaped.toString();
    }

    private static Optional<Path> cgroup(ProcessIdentity leader) {
        return Cgroups.own().flatMap(own -> {
            Path cgroup = own.resolve("synapse-command-" + leader.pid());
            try {
                Files.createDirectory(cgroup);
                Files.writeString(
                        cgroup.resolve("cgroup.procs"), Long.toString(leader.pid()), StandardOpenOption.WRITE);
                return Optional.of(cgroup);
            } catch (IOException e) {
                LOG.debug("no cgroup for a command", e);
                Cgroups.remove(cgroup);
                return Optional.empty();
            }
        });
    }

    /** What it writes to its output. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** What it writes to its error output. */
    public InputStream errorOutput() {
        return process.getErrorStream();
    }

    /** Waits for the end of its first process. Says whether it has ended in this time. */
    public boolean awaitExit(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The exit code of its first process; 128 and more: ended by the signal that is more. */
    public int exitCode() {
        return process.exitValue();
    }

    /**
     * Ends all its processes, TERM first and KILL after 3 s, and waits until none is left. An interrupt is kept for later:
     * it is why commands are ended.
     */
    public void end() {
        boolean isInterrupted = false;
        Termination termination = new Termination(System::nanoTime);
        long end = System.nanoTime() + LONGEST_END.toNanos();
        try {
            while (!termination.proceed(members) && System.nanoTime() < end) {
                try {
                    TimeUnit.MILLISECONDS.sleep(LOOK_MILLISECONDS);
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
            members.removeCgroup();
        } catch (IOException e) {
            LOG.warn("cannot find what a command left running", e);
        } finally {
            process.destroyForcibly();
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** {@link #end()}. */
    @Override
    public void close() {
        end();
    }
}

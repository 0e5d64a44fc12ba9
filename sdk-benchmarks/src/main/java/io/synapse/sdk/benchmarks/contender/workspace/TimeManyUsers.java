package io.synapse.sdk.benchmarks.contender.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many work in one container at once, a thread each: commands and writes in turn, whose results are checked. */
public final class TimeManyUsers {
    private static final int WRITES_PER_COMMAND = 2;

    private TimeManyUsers() {}

    /**
     * Runs it.
     *
     * @param args the way, the container, how many users, how many commands each
     */
    public static void main(String[] args) throws Exception {
        int number = Integer.parseInt(args[2]);
        int commands = Integer.parseInt(args[3]);
        ExecutorService threads = Executors.newFixedThreadPool(number);
        try (ContainerUsers all = ContainerUsers.of(args[0], args[1])) {
            List<ContainerUser> users = new ArrayList<>();
            for (int user = 0; user < number; user++) {
                users.add(all.user(user));
                users.get(user).execute("true");
            }
            long start = System.nanoTime();
            List<Future<?>> ends = new ArrayList<>();
            for (int user = 0; user < number; user++) {
                ends.add(threads.submit(work(users.get(user), args[0] + user, commands)));
            }
            for (Future<?> end : ends) {
                end.get();
            }
            System.out.println("seconds=" + (System.nanoTime() - start) / 1e9);
            int right = 0;
            for (int user = 0; user < number; user++) {
                right += rightFiles(users.get(user), args[0] + user, commands);
            }
            System.out.println("right_files=" + right);
        }
        System.exit(0);
    }

    private static Callable<Void> work(ContainerUser user, String name, int commands) {
        return () -> {
            for (int command = 0; command < commands; command++) {
                String expected = name + ", command " + command;
                ContainerUser.Result result = user.execute("echo '" + expected + "'");
                if (result.exitCode() != 0 || !result.output().equals(expected + "\n")) {
                    throw new IllegalStateException("the command of " + expected + " went wrong: " + result);
                }
                for (int write = 0; write < WRITES_PER_COMMAND; write++) {
                    int file = WRITES_PER_COMMAND * command + write;
                    user.write(name + "-" + file, content(name, file));
                }
            }
            return null;
        };
    }

    /** How many files of a user are as they were written: all, or none. */
    private static int rightFiles(ContainerUser user, String name, int commands) throws Exception {
        int files = WRITES_PER_COMMAND * commands;
        StringBuilder command = new StringBuilder("cd /workspace/shared && cat");
        StringBuilder expected = new StringBuilder();
        for (int file = 0; file < files; file++) {
            command.append(' ').append(name).append('-').append(file);
            expected.append(content(name, file));
        }
        return user.execute(command.toString()).output().contentEquals(expected) ? files : 0;
    }

    private static String content(String name, int file) {
        return "%-1024s".formatted(name + ", file " + file);
    }
}

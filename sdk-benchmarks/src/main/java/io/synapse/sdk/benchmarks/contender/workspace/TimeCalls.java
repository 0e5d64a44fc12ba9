package io.synapse.sdk.benchmarks.contender.workspace;

import java.util.Arrays;

/** Does the same small thing in a container again and again: as often for practice, then on the clock. Prints the medians. */
public final class TimeCalls {
    private TimeCalls() {}

    /** A call, whose result is checked. */
    private interface Call {
        boolean isRight(int number) throws Exception;
    }

    /**
     * Runs it.
     *
     * @param args the way, the container, how many calls are timed, and which: {@code execute}, {@code write}, {@code read}
     */
    public static void main(String[] args) throws Exception {
        int calls = Integer.parseInt(args[2]);
        try (ContainerUsers users = ContainerUsers.of(args[0], args[1])) {
            ContainerUser user = users.user(1);
            for (int each = 3; each < args.length; each++) {
                System.out.println(args[each] + "_ms=" + time(call(user, args[each], args[0] + ".txt"), calls));
            }
        }
        System.exit(0);
    }

    private static Call call(ContainerUser user, String name, String file) throws Exception {
        switch (name) {
            case "execute":
                return number -> user.execute("true").exitCode() == 0;
            case "write":
                return number -> {
                    user.write(file, content(number));
                    return true;
                };
            case "read":
                String last = content(1);
                user.write(file, last);
                return number -> user.read(file).equals(last);
            default:
                throw new IllegalArgumentException("there is no call " + name);
        }
    }

    /** 1 KB of text without a line end, each time another. */
    private static String content(int number) {
        return "%064d".formatted(number).repeat(16);
    }

    private static double time(Call call, int calls) throws Exception {
        double[] millis = new double[calls];
        for (int number = -calls; number < calls; number++) {
            long start = System.nanoTime();
            if (!call.isRight(number)) {
                throw new IllegalStateException("call " + number + " went wrong");
            }
            if (number >= 0) {
                millis[number] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(millis);
        return (millis[(calls - 1) / 2] + millis[calls / 2]) / 2;
    }
}

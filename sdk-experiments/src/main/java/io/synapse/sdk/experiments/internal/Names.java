package io.synapse.sdk.experiments.internal;

import io.synapse.sdk.experiment.internal.ExperimentNames;
import java.util.regex.Pattern;

/** Which names projects, runs, hosts and jobs may have (wire/experiments.md, sections 5 and 9). */
public final class Names {
    private static final Pattern UID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private Names() {}

    /**
     * The name, if it is one of a project, run or host.
     *
     * @param what it names, for the message
     * @throws Failure when it is not: 400
     */
    public static String checked(String what, String name) {
        if (!ExperimentNames.isName(name)) {
            throw Failure.badRequest("the name of a " + what
                    + " has at most 100 letters, digits, spaces and . _ -, begins with none of . and -, and has no ..");
        }
        return name;
    }

    /**
     * The uid, if it can be a job's.
     *
     * @throws Failure when it cannot: 400
     */
    public static String checkedUid(String uid) {
        if (!UID.matcher(uid).matches()) {
            throw Failure.badRequest("the uid of a job has at most 100 letters, digits, _ and -");
        }
        return uid;
    }
}

package io.synapse.sdk.embedded.internal.job;

import io.synapse.sdk.embedded.internal.ShellWord;
import io.synapse.sdk.embedded.internal.backend.JobRequest;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The job as a script of its own: what Java hands to a process is in the encoding of the agent's locale, which may know
 * no letter beyond ASCII; a file is in UTF-8. What it needs beside lies in the folder that it is in.
 */
final class JobScript {
    /**
     * Part of the job, so that what pip says is in the job's log, and its failure is the job's. Where the Python here is
     * that of a virtual environment, a new one would not find the packages in there, if nobody told it. The pip among
     * them does for the new one too: to make one of its own takes seconds.
     */
    private static final String INSTALL = """
            environment=${0%/*}/venv
            python3 -m venv --without-pip --system-site-packages "$environment" || exit
            packages=$("$environment/bin/python3" -c 'import sysconfig; print(sysconfig.get_path("purelib"))') || exit
            python3 -c 'import site; print(*site.getsitepackages(), sep="\\n")' >"$packages/outer.pth" || exit
            "$environment/bin/python3" -m pip --version >/dev/null 2>&1 ||
              "$environment/bin/python3" -m ensurepip || exit
            "$environment/bin/python3" -m pip install --disable-pip-version-check -r "${0%/*}/requirements.txt" || exit
            export VIRTUAL_ENV="$environment" PATH="$environment/bin:$PATH"
            """;

    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)}|([A-Za-z_][A-Za-z0-9_]*))");

    private JobScript() {}

    /**
     * A value in which the shell puts what variables hold, as Ray does (update_envs in ray/_private/utils.py): those of the
     * agent and those above. What is not set is empty in {@code ${NAME}}, if NAME has no small letter; all else stays as it
     * is.
     */
    private static String expanding(String value) {
        StringBuilder word = new StringBuilder();
        Matcher variable = VARIABLE.matcher(value);
        int end = 0;
        while (variable.find()) {
            word.append(ShellWord.quoted(value.substring(end, variable.start())));
            boolean braces = variable.group(1) != null;
            String name = braces ? variable.group(1) : variable.group(2);
            boolean emptyIfUnset = braces && name.equals(name.toUpperCase(Locale.ROOT));
            word.append("\"${").append(name).append('-');
            word.append(emptyIfUnset ? "" : "\\" + variable.group().replace("}", "\\}"))
                    .append("}\"");
            end = variable.end();
        }
        return word.append(ShellWord.quoted(value.substring(end))).toString();
    }

    static String of(JobRequest request) {
        StringBuilder script = new StringBuilder("export PYTHONUNBUFFERED=1\n");
        request.environmentVariables()
                .forEach((name, value) -> script.append("export ")
                        .append(name)
                        .append('=')
                        .append(expanding(value))
                        .append('\n'));
        if (!request.pip().isEmpty()) {
            script.append(INSTALL);
        }
        return script.append("exec /bin/sh -c ")
                .append(ShellWord.quoted(request.entrypoint()))
                .append('\n')
                .toString();
    }
}

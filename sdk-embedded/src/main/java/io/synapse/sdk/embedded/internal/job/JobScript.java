package io.synapse.sdk.embedded.internal.job;

import io.synapse.sdk.embedded.internal.ShellWord;
import io.synapse.sdk.embedded.internal.backend.JobRequest;

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

    private JobScript() {}

    static String of(JobRequest request) {
        StringBuilder script = new StringBuilder("export PYTHONUNBUFFERED=1\n");
        request.environmentVariables()
                .forEach((name, value) -> script.append("export ")
                        .append(name)
                        .append('=')
                        .append(ShellWord.quoted(value))
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

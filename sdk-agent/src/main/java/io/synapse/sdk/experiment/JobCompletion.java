package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Ids;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a job ended, as its worker reports it. Immutable: each setter returns a modified copy. */
public final class JobCompletion extends ValueObject {
    private static final Key<String> UID = new Key<>("experiment_uid", "");
    private static final Key<@Nullable Boolean> SUCCESS = Key.of("success");
    private static final Key<@Nullable String> ERROR = Key.of("error_message");
    private static final Key<@Nullable Integer> EXIT_CODE = Key.of("exit_code");
    private static final Key<@Nullable Integer> ATTEMPT = Key.of("attempt");
    private static final Key<@Nullable String> HOST = Key.of("host_id");

    private JobCompletion(Attributes attributes) {
        super(attributes);
    }

    /**
     * The job has succeeded.
     *
     * @throws io.synapse.sdk.BadRequestException when it is not a valid id
     */
    public static JobCompletion succeeded(String uid) {
        return new JobCompletion(
                Attributes.NONE.with(UID, Ids.check("job", uid)).with(SUCCESS, true));
    }

    /**
     * The job has failed.
     *
     * @param error why: "Exit code: 1"
     * @throws io.synapse.sdk.BadRequestException when it is not a valid id
     */
    public static JobCompletion failed(String uid, String error) {
        return new JobCompletion(Attributes.NONE
                .with(UID, Ids.check("job", uid))
                .with(SUCCESS, false)
                .with(ERROR, error));
    }

    /** The job. */
    public String experimentUid() {
        return attributes.get(UID);
    }

    /** Whether it has succeeded. */
    public boolean isSuccess() {
        return Boolean.TRUE.equals(attributes.get(SUCCESS));
    }

    /** Sets the exit code of the program, which decides at a server of this project. */
    public JobCompletion exitCode(int code) {
        return new JobCompletion(attributes.with(EXIT_CODE, code));
    }

    /** Sets the number of the attempt that ended, as in {@link AssignedJob#attempt()}. */
    public JobCompletion attempt(int number) {
        return new JobCompletion(attributes.with(ATTEMPT, number));
    }

    /** Sets the machine that ran it. */
    public JobCompletion hostId(String host) {
        return new JobCompletion(attributes.with(HOST, host));
    }

    /** The fields that were set, by the names of the server. */
    public Map<String, @Nullable Object> properties() {
        return attributes.asMap();
    }
}

package io.synapse.sdk.experiment;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Failure;
import java.util.List;
import java.util.Map;

/**
 * The reply to a request for a job was lost, and it cannot be told which job the original has given, if it has given one
 * (503). The request is not repeated, because another job would be given then. A job that was given stays assigned to the
 * device until someone confirms or cancels it: the original never gives it to another one.
 *
 * <p>The cause is how the reply was lost.
 */
public final class AssignmentUnknownException extends ClientException {
    private static final long serialVersionUID = 1L;

    private static final String CANDIDATES = "candidates";

    /**
     * An exception for a reply that was lost.
     *
     * @param hostId the device for which a job was wanted
     * @param candidates the ids of the jobs one of which may have been given
     */
    public AssignmentUnknownException(String hostId, List<String> candidates, ClientException lost) {
        super(
                Failure.of(
                                503,
                                "the reply to a request for a job was lost, and may have given one to " + hostId + ": "
                                        + (candidates.isEmpty()
                                                ? "none is assigned to it yet"
                                                : "one of " + candidates + ", which are assigned to it")
                                        + "; the request is not repeated")
                        .detail(Map.of(CANDIDATES, List.copyOf(candidates)))
                        .mayHaveBeenExecuted(true),
                lost);
    }

    /**
     * The ids of the jobs that are assigned to the device and were not given to this client before. Empty if there was none
     * yet: one may be assigned a moment later.
     */
    public List<String> candidates() {
        return failure().detail() instanceof Map<?, ?> fields && fields.get(CANDIDATES) instanceof List<?> ids
                ? ids.stream().map(String::valueOf).toList()
                : List.of();
    }
}

package io.synapse.sdk.embedded.internal.backend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * The place where an agent's work is done. It answers in the documents of the agent's interface (wire/agent.md, section
 * 4), ready to be written as JSON, and refuses with a {@link RefusedException}. Safe for use by several threads.
 */
public interface Backend extends AutoCloseable {
    /** What to call it: the {@code backend} of the agent's health and status. */
    String name();

    /** Fields to add to the answer about the agent's health. */
    Map<String, Object> health();

    /** The jobs there. */
    Jobs jobs();

    /** The machines there. */
    Nodes nodes();

    /** The tasks there. */
    Tasks tasks();

    /** The Serve applications there. */
    ServeApplications serveApplications();

    /** What is allowed to run. */
    RuntimePolicy policy();

    /**
     * Changes some fields of the policy, from now on; whoever else changes others meanwhile loses nothing.
     *
     * @return the policy as it is then
     * @throws RefusedException with 400 when a field is wrong
     */
    RuntimePolicy changePolicy(JsonNode changes);

    /** Stops the jobs that need the agent's directory, for it is about to be deleted. */
    void stopJobsOfThisAgent();

    /** Lets go of what the agent holds; the jobs go on. */
    @Override
    void close();
}

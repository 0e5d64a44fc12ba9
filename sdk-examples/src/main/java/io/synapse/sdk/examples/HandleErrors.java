package io.synapse.sdk.examples;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.agent.AgentClient;

/** What goes wrong is said by the exception's class, its message, and whether the call may have been executed. */
public final class HandleErrors {
    private HandleErrors() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        try (ExampleAgent agent = new ExampleAgent();
                AgentClient nowhere = AgentClient.builder()
                        .baseUrl("http://127.0.0.1:9")
                        .agentToken("none")
                        .retryPolicy(RetryPolicy.NEVER)
                        .build()) {
            explain(() -> agent.client().getJob("no-such-job"));
            explain(() -> agent.client().getJob("not an id"));
            explain(nowhere::listJobs);
        }
    }

    private static void explain(Runnable call) {
        try {
            call.run();
        } catch (NotFoundException e) {
            System.out.println("there is none: " + e.getMessage());
        } catch (BadRequestException e) {
            System.out.println("asked wrongly: " + e.getMessage());
        } catch (ConnectionException e) {
            System.out.println(
                    "out of reach: " + e.getMessage() + "; may have been executed: " + e.mayHaveBeenExecuted());
        } catch (ClientException e) {
            System.out.println(e.statusCode() + ": " + e.getMessage());
        }
    }
}

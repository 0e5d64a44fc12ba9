package io.synapse.sdk.docker.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;

/** The Docker Engine refused a request, or cannot be reached. The message is a sentence for the caller. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNAVAILABLE = 503;

    private final int status;

    private EngineException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** The engine refused; docker-java gives the reason as the JSON that it came in. */
    static EngineException refused(DockerException refusal) {
        int status = refusal.getHttpStatus();
        return new EngineException(status < 400 ? 500 : status, reason(refusal), refusal);
    }

    /** There is no engine. */
    static EngineException unavailable(String message, Throwable cause) {
        return new EngineException(UNAVAILABLE, message, cause);
    }

    /** The status that the engine answered with, from 400 to 599; 503 when it cannot be reached. */
    public int status() {
        return status;
    }

    /** Whether a container could not be started because something has its port. */
    public boolean isPortTaken() {
        String message = String.valueOf(getMessage());
        return message.contains("port is already allocated") || message.contains("address already in use");
    }

    private static String reason(DockerException refusal) {
        String message = String.valueOf(refusal.getMessage());
        int json = message.indexOf('{');
        String reason = "";
        try {
            reason = json < 0
                    ? ""
                    : JSON.readTree(message.substring(json)).path("message").asText();
        } catch (JsonProcessingException e) {
            refusal.addSuppressed(e);
        }
        return "the Docker Engine says: " + (reason.isEmpty() ? message : reason).strip();
    }
}

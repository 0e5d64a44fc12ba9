package io.synapse.sdk;

/**
 * How far a stream was read.
 *
 * @param server the base URL of the server that has the stream
 * @param stream the server's id of the stream
 * @param number the number of the last event that was delivered; at least 1, which is the first
 * @param request a hash of the request that began the stream
 */
public record Checkpoint(String server, String stream, long number, String request) {
    /**
     * Checks the values.
     *
     * @throws BadRequestException when one is missing or out of its range
     */
    @SuppressWarnings("NullAway") // a damaged file may have nothing in the place of a value
    public Checkpoint {
        if (server == null || stream == null || request == null || number < 1) {
            throw BadRequestException.refused("a checkpoint has a server, a stream, a number from 1 on and a request");
        }
    }
}

package io.synapse.sdk;

import io.synapse.sdk.internal.http.BaseUrl;

/**
 * The address of one of several equivalent servers.
 *
 * @param url its base URL, as {@link ClientBuilder#baseUrl(String)} takes it
 * @param weight its share of the requests with {@link LoadBalancing#WEIGHTED}, in proportion to the other servers';
 *     from 1 to 1,000,000
 */
public record ServerAddress(String url, int weight) {
    private static final int MAX_WEIGHT = 1_000_000;

    /**
     * Checks the values.
     *
     * @throws BadRequestException when one of them is out of its range
     */
    public ServerAddress {
        BaseUrl.parse(url);
        if (weight < 1 || weight > MAX_WEIGHT) {
            throw BadRequestException.refused("the weight of a server must be from 1 to 1000000, not " + weight);
        }
    }

    /** A server with weight 1. */
    public static ServerAddress of(String url) {
        return new ServerAddress(url, 1);
    }

    /** The same server with another weight. */
    public ServerAddress weight(int other) {
        return new ServerAddress(url, other);
    }
}

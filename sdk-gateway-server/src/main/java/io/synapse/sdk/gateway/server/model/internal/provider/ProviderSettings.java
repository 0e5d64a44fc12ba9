package io.synapse.sdk.gateway.server.model.internal.provider;

import java.time.Duration;

/**
 * How models of a provider are called.
 *
 * @param key the key; empty for a server that asks for none
 * @param url where the provider is
 * @param silence the longest time without a byte
 * @param maxOutputTokens the longest answer; 0 for what the provider allows
 */
public record ProviderSettings(String key, String url, Duration silence, int maxOutputTokens) {
    /** Shows no key. */
    @Override
    public String toString() {
        return "settings for " + url;
    }
}

package io.synapse.sdk.observability;

import java.util.Map;

/** What the server says. */
public record Answer(String text, Map<String, Object> additionalProperties) {}

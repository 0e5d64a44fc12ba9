package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/**
 * One event of a {@code text/event-stream}
 * (<a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML Living Standard, section 9.2</a>).
 *
 * @param name its {@code event} field; {@code message} if it has none
 * @param data its {@code data} fields, joined by line feeds
 * @param id its own {@code id} field; null if it has none
 */
public record ServerSentEvent(
        String name, String data, @Nullable String id) {}

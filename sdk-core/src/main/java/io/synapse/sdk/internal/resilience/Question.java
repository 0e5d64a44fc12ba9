package io.synapse.sdk.internal.resilience;

import java.lang.reflect.Type;

/** What a call asks, as far as its answer and its time can be compared with those of other calls. */
public interface Question {
    /** The operation: the same for all calls whose attempts should take about the same time. */
    String operation();

    /** Whether the service only answers, and changes nothing. */
    boolean changesNothing();

    /** A hash of the request: the same in each process, another for each other request. */
    String key();

    /** The type of the answer. */
    Type answerType();
}

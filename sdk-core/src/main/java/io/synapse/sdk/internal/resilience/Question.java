package io.synapse.sdk.internal.resilience;

import java.lang.reflect.Type;

/** What a call asks, as far as another answer than the service's can be given to it. */
public interface Question {
    /** Whether the service only answers, and changes nothing. */
    boolean changesNothing();

    /** A hash of the request: the same in each process, another for each other request. */
    String key();

    /** The type of the answer. */
    Type answerType();
}

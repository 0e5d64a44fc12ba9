package io.synapse.sdk.gateway;

import io.synapse.sdk.EventStream;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * The events of a running workflow, from {@link WorkflowEvent.Started} to the last, {@link WorkflowEvent.Completed} or
 * {@link WorkflowEvent.Failed}.
 *
 * <pre>{@code
 * try (WorkflowStream events = client.streamWorkflow(WorkflowRequest.of("a todo app"))) {
 *     for (WorkflowEvent event : events) System.out.println(event);
 *     System.out.println(events.isSuccessful());
 * }
 * }</pre>
 *
 * <p>An {@link EventStream}, with its rules: pulled, without a thread of its own, read once, by one thread, and closed
 * by any. The workflow begins with the first read and is never begun twice. A stream that ends before the last event is
 * continued if the gateway numbers its events. The original does not: from it, a cut is a
 * {@link io.synapse.sdk.StreamCutException}, and the workflow may be going on.
 *
 * <p>{@link #close()} does not end the workflow. {@link io.synapse.sdk.RequestTimeoutException} is the cause of the cut
 * when no event came for 2 minutes.
 */
public final class WorkflowStream implements Iterable<WorkflowEvent>, AutoCloseable {
    private final EventStream<WorkflowEvent> events;
    private volatile boolean failed;
    private volatile boolean completed;

    WorkflowStream(EventStream<WorkflowEvent> events) {
        this.events = events;
    }

    /**
     * The events. {@code hasNext()} waits for the next one; it is false after the last, and throws what
     * {@link EventStream} says.
     *
     * @throws IllegalStateException when the stream was read already
     */
    @Override
    public Iterator<WorkflowEvent> iterator() {
        Iterator<WorkflowEvent> source = events.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return source.hasNext();
            }

            @Override
            public WorkflowEvent next() {
                return noted(source.next());
            }
        };
    }

    /**
     * The events as a sequential stream, as of {@link #iterator()}; closing it closes this stream.
     *
     * @throws IllegalStateException when the stream was read already
     */
    public Stream<WorkflowEvent> stream() {
        return events.stream().map(this::noted);
    }

    /**
     * Whether the workflow has succeeded: all its events were read, and none was a failure. The original completes a
     * workflow whose steps have failed. May be called from any thread.
     */
    public boolean isSuccessful() {
        return completed && !failed;
    }

    /**
     * Ends the stream and closes its connection at once, from any thread. A thread that is reading gets a
     * {@link io.synapse.sdk.CallCancelledException}. Closing again does nothing.
     */
    @Override
    public void close() {
        events.close();
    }

    private WorkflowEvent noted(WorkflowEvent event) {
        if (event instanceof WorkflowEvent.StepFailed || event instanceof WorkflowEvent.Failed) {
            failed = true;
        }
        if (event instanceof WorkflowEvent.Completed) {
            completed = true;
        }
        return event;
    }
}

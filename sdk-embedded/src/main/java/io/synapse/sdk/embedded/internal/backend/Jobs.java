package io.synapse.sdk.embedded.internal.backend;

import io.synapse.sdk.embedded.internal.log.Log;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The jobs of one place. A job is said in the words of Ray's JobDetails (wire/ray.md, section 1), all keys of it. */
public interface Jobs {
    /** All jobs. */
    Stream<Map<String, @Nullable Object>> list();

    /** One job; refused with 404 when there is none of that id. */
    Map<String, @Nullable Object> get(String id);

    /**
     * Takes a job on; refused with 409 when there is one of that id already.
     *
     * @return the id that it has
     */
    String submit(JobRequest request) throws IOException;

    /**
     * Takes a job on that is to run in a folder of its own with these files, wherever it runs; refused with 409 when
     * there is one of that id already.
     *
     * @param files a folder within the agent's data directory. The job may keep it: then it is no longer there
     * @return the id that it has
     */
    String submit(JobRequest request, Path files) throws IOException;

    /** Asks a job to stop; refused with 400 when it is over already. */
    void stop(String id);

    /** Forgets a job that is over, its log too; refused with 409 when it is not over. */
    void delete(String id) throws IOException;

    /** The log of a job; refused with 404 when there is no such job. */
    Log log(String id);

    /** How many are running. */
    int runningCount();
}

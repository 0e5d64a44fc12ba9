package io.synapse.sdk.experiments.internal.file;

/** Who learns of the files of runs that workers have sent. */
public interface FileListener {
    /**
     * A file in the folder of a project has been changed; it is on the disk.
     *
     * @param job whose run it is
     */
    void changed(JobLookup.Job job, String file);
}

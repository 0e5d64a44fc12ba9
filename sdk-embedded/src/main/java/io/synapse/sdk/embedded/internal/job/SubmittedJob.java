package io.synapse.sdk.embedded.internal.job;

import io.synapse.sdk.embedded.internal.backend.JobRequest;

/**
 * A job with what was asked for, which is too large to keep of all jobs.
 *
 * @param record how it stands
 * @param request what was asked for
 */
public record SubmittedJob(JobRecord record, JobRequest request) {}

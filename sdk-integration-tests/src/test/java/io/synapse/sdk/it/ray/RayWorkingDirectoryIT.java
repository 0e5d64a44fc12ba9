package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.job.WorkingDirectory;
import io.synapse.sdk.ray.RayClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder of this machine, as a job on a real cluster finds it. */
@WithRayCluster
@Timeout(180)
@Tag("one-jdk")
class RayWorkingDirectoryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void aJobRunsInTheFolderItBringsAlong(RayCluster cluster, @TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("lib/empty"));
        Files.writeString(folder.resolve("lib/words.py"), "greeting = 'héllo'\n");
        Files.writeString(folder.resolve("main.py"), "from lib.words import greeting\nprint(greeting)\n");
        Files.writeString(folder.resolve("run.sh"), "#!/bin/sh\npython main.py && find . | sort\n");
        Files.setPosixFilePermissions(folder.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("weights.ckpt"), "large");
        Files.writeString(folder.resolve("secret.txt"), "private");
        Files.writeString(folder.resolve(".gitignore"), "*.ckpt\n");
        AtomicInteger uploads = new AtomicInteger();
        try (RayClient client = RayClient.builder()
                .baseUrl(cluster.address())
                .interceptor((method, url) -> {
                    uploads.addAndGet(method == HttpMethod.PUT ? 1 : 0);
                    return Map.of();
                })
                .build()) {
            JobSubmission submission = JobSubmission.of("./run.sh")
                    .workingDirectory(WorkingDirectory.of(folder).exclude("secret.txt"));
            String first = client.submitJob(submission);
            assertThat(client.waitForJob(first, PATIENCE).status()).isEqualTo(JobStatus.SUCCEEDED);
            assertThat(client.getJobLogs(first))
                    .contains("héllo\n")
                    .contains("./.gitignore\n./lib\n")
                    .contains("./lib/empty\n./lib/words.py\n./main.py\n./run.sh\n")
                    .doesNotContain("ckpt", "secret");
            assertThat(uploads).hasValue(1);

            String second = client.submitJob(submission);
            assertThat(client.waitForJob(second, PATIENCE).status()).isEqualTo(JobStatus.SUCCEEDED);
            assertThat(uploads).hasValue(1);
        }
    }
}

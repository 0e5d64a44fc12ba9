package io.synapse.sdk.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Jobs as a server describes them, with all fields that Ray gives (wire/ray.md, section 1). */
final class Jobs {
    private Jobs() {}

    /** One job that succeeded. */
    static byte[] job(String id) {
        return document(id).getBytes(StandardCharsets.US_ASCII);
    }

    /** So many jobs. */
    static byte[] list(int number) {
        return IntStream.range(0, number)
                .mapToObj(index -> document("raysubmit_%016d".formatted(index)))
                .collect(Collectors.joining(", ", "[", "]"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String document(String id) {
        return """
                {"type": "SUBMISSION", "job_id": null, "submission_id": "%1$s", \
                "driver_info": {"id": "02000000", "node_ip_address": "10.0.0.7", "pid": "4711"}, \
                "status": "SUCCEEDED", "entrypoint": "python train.py --epochs 20 --job %1$s", \
                "message": "Job finished successfully.", "error_type": null, "start_time": 1795271400123, \
                "end_time": 1795275000456, "metadata": {"team": "vision", "job_submission_id": "%1$s"}, \
                "runtime_env": {"env_vars": {"EPOCHS": "20"}}, \
                "driver_agent_http_address": "http://10.0.0.7:52365", \
                "driver_node_id": "6f1d3c9b2a4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6071829304", \
                "driver_exit_code": 0}""".formatted(id);
    }
}

package io.synapse.sdk.benchmarks.contender;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import okhttp3.OkHttpClient;

/** Asks for one job with OkHttp and Jackson, as one would by hand. */
public final class FirstAnswerByHand {
    private FirstAnswerByHand() {}

    /**
     * Runs it.
     *
     * @param args the server's URL and the job
     */
    public static void main(String[] args) throws IOException {
        JobByHand job = JobByHand.get(new OkHttpClient(), new ObjectMapper(), args[0], args[1]);
        System.out.println("succeeded=" + (job.status().equals("SUCCEEDED") ? 1 : 0));
        System.out.println(
                "classes=" + ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
        System.exit(0);
    }
}

package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program that has made an asynchronous call, and even one still under way, ends when its main method does. */
@Timeout(60)
class ExitTest {
    /** The program: one asynchronous call to a server that never answers. */
    public static final class Program {
        private Program() {}

        /** Runs it, until it is told that its call is under way; its last words are the time in milliseconds. */
        public static void main(String[] arguments) throws IOException {
            TestClient client = TestClient.builder().baseUrl(arguments[0]).build();
            client.async().perform(Endpoint.get("hung", ResponseType.text()));
            System.in.read();
            System.out.println(System.currentTimeMillis());
        }
    }

    @Test
    void theJvmEndsWithinASecondAfterMain() throws IOException, InterruptedException {
        try (HungServer server = new HungServer()) {
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Program.class.getName(),
                            server.url())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(server.requestSeen.await(30, TimeUnit.SECONDS)).isTrue();
            program.getOutputStream().close();
            long end =
                    Long.parseLong(new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());

            assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();

            assertThat(Duration.ofMillis(System.currentTimeMillis() - end)).isLessThan(Duration.ofSeconds(1));
        }
    }
}

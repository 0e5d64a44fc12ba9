package io.synapse.sdk.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import java.io.IOException;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which cluster a process uses, and with which token. */
class RayEnvironmentTest {
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
        server.enqueue(new MockResponse.Builder().body("[]").build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theDashboardsOwnVariableComesFirst() throws Exception {
        Headers headers =
                headersSent(Map.of("RAY_API_SERVER_ADDRESS", url(), "RAY_ADDRESS", "http://elsewhere.invalid:8265"));

        assertThat(headers.get("Authorization")).isNull();
    }

    @Test
    void theOtherOneWillDoWhereItNamesADashboard() throws Exception {
        Headers headers =
                headersSent(Map.of("RAY_API_SERVER_ADDRESS", " ", "RAY_ADDRESS", url(), "RAY_AUTH_TOKEN", " t0ken\n"));

        assertThat(headers.get("Authorization")).isEqualTo("Bearer t0ken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "local", "ray://host:10001", "127.0.0.1:6379", "localhost:6379", "host"})
    void anAddressForDriversIsNoDashboard(String address) {
        assertThatThrownBy(() -> headersSent(Map.of("RAY_ADDRESS", address)))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("RAY_ADDRESS names no dashboard: set RAY_API_SERVER_ADDRESS to the address of its"
                        + " dashboard, as http://127.0.0.1:8265");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> headersSent(Map.of("RAY_ADDRESS", "")))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("no Ray cluster is named: set RAY_API_SERVER_ADDRESS to the address of its dashboard, as"
                        + " http://127.0.0.1:8265");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "s3cret\nX-Other: 1", "s3crét"})
    void aTokenThatCannotBeOneIsRefusedAndNotQuoted(String token) {
        assertThatThrownBy(() -> RayClient.builder().authToken(token))
                .isInstanceOf(BadRequestException.class)
                .hasMessageNotContaining("s3cr");
    }

    private String url() {
        return server.url("/").toString();
    }

    private Headers headersSent(Map<String, String> variables) throws InterruptedException {
        try (RayClient client = new RayEnvironment(variables).builder().build()) {
            client.listJobs();
        }
        return server.takeRequest().getHeaders();
    }
}

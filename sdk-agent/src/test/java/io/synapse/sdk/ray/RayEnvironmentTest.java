package io.synapse.sdk.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which cluster a process uses, and with which token. */
class RayEnvironmentTest {
    private final MockWebServer server = new MockWebServer();

    @TempDir
    private Path home;

    @BeforeEach
    void start() throws IOException {
        server.start();
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

    @Test
    void theTokenIsTheVariablesThenTheNamedFilesThenTheOneAtHome() throws Exception {
        Files.writeString(Files.createDirectory(home.resolve(".ray")).resolve("auth_token"), "at-home\n");
        String named =
                Files.writeString(home.resolve("named"), " in-file \r\nmore\n").toString();

        assertThat(headersSent(Map.of(
                                "RAY_API_SERVER_ADDRESS", url(), "RAY_AUTH_TOKEN", "set", "RAY_AUTH_TOKEN_PATH", named))
                        .get("Authorization"))
                .isEqualTo("Bearer set");
        assertThat(headersSent(Map.of(
                                "RAY_API_SERVER_ADDRESS", url(), "RAY_AUTH_TOKEN", " ", "RAY_AUTH_TOKEN_PATH", named))
                        .get("Authorization"))
                .isEqualTo("Bearer in-file");
        assertThat(headersSent(Map.of("RAY_API_SERVER_ADDRESS", url())).get("Authorization"))
                .isEqualTo("Bearer at-home");
        assertThat(headersSent(Map.of("RAY_API_SERVER_ADDRESS", url(), "RAY_AUTH_MODE", "disabled"))
                        .get("Authorization"))
                .isNull();
    }

    @Test
    void aNamedFileWithoutATokenIsAnErrorAndAnEmptyOneAtHomeIsNone() throws Exception {
        Path empty =
                Files.writeString(Files.createDirectory(home.resolve(".ray")).resolve("auth_token"), " \ntoken");

        assertThat(headersSent(Map.of("RAY_API_SERVER_ADDRESS", url())).get("Authorization"))
                .isNull();
        for (String path : List.of(empty.toString(), home.resolve("none").toString(), "\0")) {
            assertThatThrownBy(() -> headersSent(Map.of("RAY_API_SERVER_ADDRESS", url(), "RAY_AUTH_TOKEN_PATH", path)))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageStartingWith("RAY_AUTH_TOKEN_PATH names a file that cannot be read or has no token");
        }
    }

    @Test
    void moreHeadersAreSentAndOneForAuthorizationGoesBeforeTheToken() throws Exception {
        Headers headers = headersSent(Map.of(
                "RAY_API_SERVER_ADDRESS", url(),
                "RAY_AUTH_TOKEN", "t0ken",
                "RAY_JOB_HEADERS", "{\"X-Team\": \"vision\", \"authorization\": \"Basic abc\"}"));

        assertThat(headers.get("X-Team")).isEqualTo("vision");
        assertThat(headers.values("Authorization")).containsExactly("Basic abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3cret", "[\"s3cret\"]", "{\"s3cret\": 1}", "{\"X\": \"s3cret\\n\"}", "{\"s3cret\": null}"})
    void headersThatAreNoneAreRefusedAndNotQuoted(String headers) {
        assertThatThrownBy(() -> headersSent(Map.of("RAY_API_SERVER_ADDRESS", url(), "RAY_JOB_HEADERS", headers)))
                .isInstanceOf(BadRequestException.class)
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    private String url() {
        return server.url("/").toString();
    }

    private Headers headersSent(Map<String, String> variables) throws InterruptedException {
        server.enqueue(new MockResponse.Builder().body("[]").build());
        try (RayClient client =
                new RayEnvironment(variables, home).applyTo(RayClient.builder()).build()) {
            client.listJobs();
        }
        return server.takeRequest().getHeaders();
    }
}

package io.synapse.sdk.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.gateway.grpc.internal.GrpcSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which services, token and encryption the environment names. */
class GrpcEnvironmentTest {
    private static final String CODEX = "SYNAPSE_GATEWAY_CODEX_ADDRESS";

    private static GrpcSettings settings(Map<String, String> variables) {
        return GrpcEnvironment.applyTo(GrpcGatewayClient.builder(), variables).settings();
    }

    @Test
    void theVariablesAreTaken() {
        GrpcSettings settings = settings(Map.of(
                "SYNAPSE_GATEWAY_CLAUDE_ADDRESS",
                "a:1",
                "SYNAPSE_GATEWAY_GEMINI_ADDRESS",
                " b:2 ",
                CODEX,
                "[::1]:3",
                "SYNAPSE_GATEWAY_TOKEN",
                " secret\n",
                "SYNAPSE_GATEWAY_TLS",
                "true"));

        assertThat(settings.addresses())
                .isEqualTo(Map.of(
                        GatewayService.CLAUDE,
                        List.of("a:1"),
                        GatewayService.GEMINI,
                        List.of("b:2"),
                        GatewayService.CODEX,
                        List.of("[::1]:3")));
        assertThat(settings.token()).isEqualTo("secret");
        assertThat(settings.tls()).isTrue();
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void oneAddressIsEnough() {
        GrpcSettings settings =
                settings(Map.of(CODEX, "c:3", "SYNAPSE_GATEWAY_TOKEN", " ", "SYNAPSE_GATEWAY_TLS", "false"));
        assertThat(settings.addresses()).isEqualTo(Map.of(GatewayService.CODEX, List.of("c:3")));
        assertThat(settings.token()).isNull();
        assertThat(settings.tls()).isFalse();
    }

    @Test
    void whatIsMissingOrInvalidIsSaid() {
        assertThatThrownBy(() -> settings(Map.of("SYNAPSE_GATEWAY_TOKEN", "s3cret")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("SYNAPSE_GATEWAY_CLAUDE_ADDRESS");
        assertThatThrownBy(() -> settings(Map.of(CODEX, "http://c:3")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("CODEX");
        assertThatThrownBy(() -> settings(Map.of(CODEX, "c:3", "SYNAPSE_GATEWAY_TLS", "yes")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("SYNAPSE_GATEWAY_TLS");
        assertThatThrownBy(() -> settings(Map.of(CODEX, "c:3", "SYNAPSE_GATEWAY_TOKEN", "s3cret s3cret")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageNotContaining("s3cret");
    }
}

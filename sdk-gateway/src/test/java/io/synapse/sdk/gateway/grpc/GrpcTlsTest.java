package io.synapse.sdk.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.gateway.ExecuteRequest;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over TLS a client talks to the server that it trusts, under the name that it was told, and to no other. */
@Timeout(60)
class GrpcTlsTest {
    private static final ExecuteRequest EXECUTE = ExecuteRequest.of("ls");
    private static final HeldCertificate CA =
            new HeldCertificate.Builder().certificateAuthority(0).build();

    /** Counts the calls, and answers them. */
    private static final class Counting extends RawServer.Handler {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
            calls.incrementAndGet();
            call.sendHeaders(new Metadata());
            call.sendMessage(new byte[0]);
            call.close(Status.OK, new Metadata());
        }
    }

    private static SslContext signedBy(HeldCertificate ca) throws SSLException {
        HeldCertificate server = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .signedBy(ca)
                .build();
        SslContextBuilder tls = SslContextBuilder.forServer(server.keyPair().getPrivate(), server.certificate());
        return GrpcSslContexts.configure(tls, SslProvider.JDK).build();
    }

    private static GrpcGatewayClient client(RawServer server, String host) {
        return RawServer.client(server.address().replace("127.0.0.1", host))
                .tls(new HandshakeCertificates.Builder()
                        .addTrustedCertificate(CA.certificate())
                        .build()
                        .trustManager())
                .build();
    }

    private static void assertNothingIsSent(GrpcGatewayClient client, Counting handler, int attempts) {
        ConnectionException failure = catchThrowableOfType(ConnectionException.class, () -> client.execute(EXECUTE));
        assertThat(failure.mayHaveBeenExecuted()).isFalse();
        assertThat(failure.attempts()).as(failure.getMessage()).isEqualTo(attempts);
        assertThat(handler.calls).hasValue(0);
    }

    @Test
    void aServerOfATrustedAuthorityIsTalkedTo() throws Exception {
        Counting handler = new Counting();
        try (RawServer server = new RawServer(handler, signedBy(CA), 0);
                GrpcGatewayClient client = client(server, "localhost")) {
            client.execute(EXECUTE);
            assertThat(handler.calls).hasValue(1);
        }
    }

    @Test
    void anotherAuthorityEndsTheCallAtTheFirstAttempt() throws Exception {
        HeldCertificate other =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        Counting handler = new Counting();
        try (RawServer server = new RawServer(handler, signedBy(other), 0);
                GrpcGatewayClient client = client(server, "localhost")) {
            assertNothingIsSent(client, handler, 1);
        }
    }

    @Test
    void theJvmDoesNotTrustAnOwnAuthority() throws Exception {
        Counting handler = new Counting();
        try (RawServer server = new RawServer(handler, signedBy(CA), 0);
                GrpcGatewayClient client = server.client().tls().build()) {
            assertNothingIsSent(client, handler, 1);
        }
    }

    @Test
    void aCertificateOfAnotherNameEndsTheCallAtTheFirstAttempt() throws Exception {
        Counting handler = new Counting();
        try (RawServer server = new RawServer(handler, signedBy(CA), 0);
                GrpcGatewayClient client = client(server, "127.0.0.1")) {
            assertNothingIsSent(client, handler, 1);
        }
    }

    @Test
    void aServerWithoutTlsGetsNoCall() throws Exception {
        Counting handler = new Counting();
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = client(server, "localhost")) {
            assertNothingIsSent(client, handler, 4); // it may be another server a moment later
        }
    }
}

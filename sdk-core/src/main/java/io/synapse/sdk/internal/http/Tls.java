package io.synapse.sdk.internal.http;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Failure;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Makes TLS sockets that trust certain certificates. */
public final class Tls {
    private Tls() {}

    /** These certificates (or authorities) and no others. */
    public static SSLSocketFactory trusting(Collection<X509Certificate> certificates) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate certificate : certificates) {
                store.setCertificateEntry("trusted-" + number++, certificate);
            }
            return trusting(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new BadRequestException(
                    Failure.of(400, "the trusted certificates cannot be used: " + e.getMessage()), e);
        }
    }

    private static SSLSocketFactory trusting(KeyStore store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager trust) {
                    SSLContext context = SSLContext.getInstance("TLS");
                    context.init(null, new TrustManager[] {trust}, null);
                    return context.getSocketFactory();
                }
            }
            throw new IllegalStateException("this JVM has no X.509 trust manager");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot do TLS: " + e.getMessage(), e);
        }
    }
}

import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpHost;

/** Has Apache HttpClient beside the SDK, and its HttpCore in the version that others chose. */
final class HttpClient5 {
    public static void main(String[] arguments) throws Exception {
        try (Local local = new Local();
                CloseableHttpClient client = HttpClients.createSystem()) {
            local.callWithSdk();
            int status = client.execute(new HttpGet(local.url()), answer -> answer.getCode());
            System.out.println(Local.jar(HttpHost.class) + ": " + status);
        }
    }
}

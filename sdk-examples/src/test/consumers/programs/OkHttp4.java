import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Has OkHttp 4 beside the SDK. */
final class OkHttp4 {
    public static void main(String[] arguments) throws Exception {
        try (Local local = new Local()) {
            local.callWithSdk();
            Request request = new Request.Builder().url(local.url()).build();
            try (Response answer = new OkHttpClient().newCall(request).execute()) {
                System.out.println(Local.jar(OkHttpClient.class) + ": " + answer.code());
            }
        }
        System.exit(0); // not after the seconds for which idle connections are kept
    }
}

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import io.minio.BucketExistsArgs;
import io.minio.MinioClient;

/** Has an object store's and a model server's client beside the SDK, both of which stand on OkHttp. */
final class MinioAndOpenAi {
    public static void main(String[] arguments) throws Exception {
        try (Local local = new Local()) {
            local.callWithSdk();
            MinioClient store = MinioClient.builder()
                    .endpoint(local.url())
                    .region("us-east-1")
                    .credentials("user", "password")
                    .build();
            System.out.println("minio: "
                    + store.bucketExists(BucketExistsArgs.builder().bucket("bucket").build()));
            OpenAIClient models = OpenAIOkHttpClient.builder()
                    .baseUrl(local.url())
                    .apiKey("key")
                    .build();
            System.out.println("openai: " + models.models().list().data().get(0).id());
        }
        System.exit(0); // not after the seconds for which idle connections are kept
    }
}

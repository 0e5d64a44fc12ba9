package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.agent.AgentClient;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Forms that ask for a container in a wrong way: each is refused with the reason, and leaves nothing behind. */
class ContainerFormTest {
    private static EmbeddedAgent agent;

    @BeforeAll
    static void start() {
        agent = EmbeddedAgent.builder()
                .dockerHost("unix:///nowhere/docker.sock")
                .start();
    }

    @AfterAll
    static void stop() {
        agent.close();
    }

    @Test
    void anArchiveOfAnotherReleaseThanTheNamedIsNotKept() throws Exception {
        assertThat(post(field("plugin_release", "other@1") + file(archive())))
                .isEqualTo("400 plugin_release is other@1, but the archive holds demo@1.0");
        assertThat(releases()).isZero();
    }

    @Test
    void twoArchivesAreOneTooMany() throws Exception {
        assertThat(post(file(archive()) + file(archive()))).isEqualTo("400 the form has 2 files; one is the archive");
        assertThat(releases()).isZero();
    }

    @Test
    void parametersHaveToBeJsonAndNothingElse() throws Exception {
        assertThat(post(field("params", "") + file(archive()))).isEqualTo("400 params is empty; it has to be JSON");
        assertThat(post(field("params", "{} and more") + file(archive()))).startsWith("400 params is not JSON: ");
        assertThat(post(field("params", "{") + file(archive()))).startsWith("400 params is not JSON: ");
        assertThat(releases()).isZero();
    }

    @Test
    void anArchiveThatIsTooLargeIsToldSo() throws Exception {
        assertThat(post(file("x".repeat((101 << 20) + 1_000)))).isEqualTo("413 the archive is larger than 100 MiB");
    }

    @Test
    void severalFilesThatAreTooLargeTogetherAreToldSo() throws Exception {
        String half = file("x".repeat((51 << 20) + 500));

        assertThat(post(half + half)).isEqualTo("413 the request's form is larger than 106954752 bytes");
    }

    @Test
    void aFormThatBreaksOffIsToldSo() throws Exception {
        String form = field("model", "1") + file(archive());

        assertThat(send("multipart/form-data; boundary=limit", form.substring(0, form.length() - 20)))
                .startsWith("400 the form cannot be read: ");
        assertThat(send("multipart/form-data", form)).startsWith("400 the form cannot be read: ");
    }

    @Test
    void aLongFieldIsReadWhole() throws Exception {
        assertThat(post(field("params", "{\"text\": \"" + "x".repeat(300_000) + "\"}") + file(archive())))
                .startsWith("400 params is too long for a variable of a process");
    }

    @Test
    void whatCannotBeADockerIdIsNotAskedFor() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(agent.baseUrl().resolve("/containers/docker/$1"))
                .header("Authorization", agent.token())
                .build();

        assertThat(http().send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
    }

    /** A new one for each request: the agent closes a connection whose request it did not read to its end. */
    private static HttpClient http() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private static int releases() {
        try (AgentClient client = Clients.of(agent)) {
            return client.listPluginReleases().results().size();
        }
    }

    private static String post(String parts) throws Exception {
        return send("multipart/form-data; boundary=limit", parts + "--limit--\r\n");
    }

    /** Status and sentence of the answer. */
    private static String send(String type, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(agent.baseUrl().resolve("/containers/"))
                .header("Authorization", agent.token())
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1))
                .build();
        HttpResponse<String> answer = http().send(request, BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body().replaceAll("^\\{\"detail\":\"(.*)\"}$", "$1");
    }

    private static String field(String name, String value) {
        return "--limit\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String file(String content) {
        return "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"plugin.zip\"\r\n"
                + "Content-Type: application/zip\r\n\r\n" + content + "\r\n";
    }

    /** A plugin, its bytes as Latin-1. */
    private static String archive() throws Exception {
        String config = "code: demo\nversion: \"1.0\"\nactions: {gradio: {entrypoint: plugin.gradio_interface.app}}\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("config.yaml"));
            zip.write(config.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("plugin/gradio_interface.py"));
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}

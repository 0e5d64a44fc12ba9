package io.synapse.sdk.examples;

import io.synapse.sdk.LogStream;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.container.Container;
import io.synapse.sdk.container.ContainerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the Gradio page of a plugin in a container, asks it for a prediction, and deletes it again. The argument is the
 * folder that holds the plugin's, for an agent that is started here; it needs a Docker Engine.
 */
public final class RunPlugin {
    private static final Pattern TITLE = Pattern.compile("\"title\":\\s*\"([^\"]+)\"");
    private static final Pattern EVENT_ID = Pattern.compile("\"event_id\":\\s*\"([^\"]+)\"");
    private static final Pattern RESULT = Pattern.compile("event: complete\\s+data: (.*)");

    private final AgentClient client;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunPlugin(AgentClient client) {
        this.client = client;
    }

    /** Runs it. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (ExampleAgent agent = new ExampleAgent(Path.of(arguments[0]))) {
            new RunPlugin(agent.client()).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        Container container = create();
        String id = Objects.requireNonNull(container.id()); // null only while the container is built
        try {
            URI page = URI.create(container.endpoint());
            System.out.println("open " + page + ": " + found(TITLE, send(HttpRequest.newBuilder(page))));
            System.out.println("counted " + count(page, "a rose is a rose is a rose, and a violet is not"));

            Container again = client.createContainer(ContainerRequest.ofRelease("word-count@1.0.0"));
            System.out.println("again: same container " + id.equals(again.id()) + ", restarted " + again.restarted());
        } finally {
            client.deleteContainer(id);
        }
    }

    private Container create() {
        ContainerRequest request = ContainerRequest.ofRelease("word-count@1.0.0")
                .params(Map.of("top", 4, "ignore", List.of("a", "the", "your")))
                .withoutWaiting();
        Container container = client.createContainer(request);
        if (container.buildId() != null) { // null when the agent gives the container at once
            try (LogStream log = client.tailBuildLogs(container.buildId())) {
                log.forEach(System.out::println);
            }
            container = client.waitForBuild(container.buildId(), Duration.ofMinutes(1));
        }
        return container;
    }

    /** What the button of the page does, over Gradio's HTTP interface: a call first, then the events of it. */
    private String count(URI page, String text) throws IOException, InterruptedException {
        String call = send(HttpRequest.newBuilder(page.resolve("/gradio_api/call/count"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"data\": [\"" + text + "\"]}")));
        String events = send(HttpRequest.newBuilder(page.resolve("/gradio_api/call/count/" + found(EVENT_ID, call))));
        return found(RESULT, events);
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static String found(Pattern pattern, String answer) throws IOException {
        Matcher matcher = pattern.matcher(answer);
        if (!matcher.find()) {
            throw new IOException("the page answered: " + answer);
        }
        return matcher.group(1);
    }
}

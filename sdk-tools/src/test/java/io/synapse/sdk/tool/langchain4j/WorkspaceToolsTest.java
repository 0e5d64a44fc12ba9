package io.synapse.sdk.tool.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import io.synapse.sdk.tool.MemoryAgent;
import io.synapse.sdk.tool.WorkspaceToolset;
import io.synapse.sdk.workspace.WorkspaceLostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tools as LangChain4j sees them; what they answer is in {@code WorkspaceToolsetTest}. */
class WorkspaceToolsTest {
    private static final String FILE = "/workspace/shared/a.txt";

    private final MemoryAgent agent = new MemoryAgent().with(FILE, "a");
    private final WorkspaceTools tools = WorkspaceTools.of(agent);

    interface Assistant {
        String chat(String message);
    }

    @Test
    void eachToolHasASpecification() {
        assertThat(tools.specifications())
                .extracting(ToolSpecification::name)
                .containsExactly("execute", "read", "write", "edit", "delete", "ls", "grep", "glob");
        ToolSpecification write = tools.specifications().get(2);
        assertThat(write.description()).contains("if_version");
        assertThat(write.parameters().required()).containsExactly("file_path", "content");
        assertThat(write.parameters().properties()).containsOnlyKeys("file_path", "content", "if_version", "if_absent");
        assertThat(write.parameters().properties().get("if_version")).isInstanceOf(JsonStringSchema.class);
        assertThat(write.parameters().properties().get("if_absent")).isInstanceOf(JsonBooleanSchema.class);
        assertThat(tools.instructions()).isEqualTo(WorkspaceToolset.of(agent).instructions());
    }

    @Test
    void aCallIsAnsweredWithAMessage() {
        ToolExecutionResultMessage message =
                tools.execute(request("write", "{\"file_path\":\"/b\",\"content\":\"é\"}"));

        assertThat(message.id()).isEqualTo("1");
        assertThat(message.toolName()).isEqualTo("write");
        assertThat(message.text()).isEqualTo("Written: /b, version " + MemoryAgent.version("é"));
        assertThat(message.isError()).isFalse();
    }

    @Test
    void whatAModelCanRepairIsAMessageToo() {
        assertThat(tools.execute(request("read", "{\"file_path\":\"/nothing\"}")))
                .returns("File '/nothing': file_not_found", ToolExecutionResultMessage::text)
                .returns(true, ToolExecutionResultMessage::isError);
        assertThat(tools.execute(request("read", "{\"file_path\":")).text())
                .startsWith("Error: the arguments are not a JSON object: ");
        assertThat(tools.execute(request("read", "[]")).isError()).isTrue();
        assertThat(tools.execute(request("read", "null")).text()).contains("file_path is missing");
        assertThat(tools.execute(request("fly", "{}")).text()).startsWith("Error: there is no tool fly");
        assertThat(tools.execute(request("ls", null)).text()).startsWith(FILE);
    }

    @Test
    void whatAModelCannotRepairIsThrown() {
        assertThatThrownBy(() -> tools.execute(request("execute", "{\"command\":\"lose\"}")))
                .isInstanceOf(WorkspaceLostException.class);
    }

    /** A model that reads a file and then says what was in it. */
    @Test
    void anAiServiceUsesTheTools() {
        List<ChatRequest> requests = new ArrayList<>();
        ChatModel model = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                requests.add(request);
                AiMessage message = request.messages().get(request.messages().size() - 1)
                                instanceof ToolExecutionResultMessage result
                        ? AiMessage.from("I read: " + result.text())
                        : AiMessage.from(request("read", "{\"file_path\":\"" + FILE + "\"}"));
                return ChatResponse.builder().aiMessage(message).build();
            }
        };
        Assistant assistant = AiServices.builder(Assistant.class)
                .chatModel(model)
                .toolProvider(new WorkspaceToolProvider(agent))
                .build();

        assertThat(assistant.chat("What is in the file?"))
                .isEqualTo("I read: [" + FILE + ", lines 1 to 1 of 9; version " + MemoryAgent.version("a") + "]\na");
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0).toolSpecifications()).isEqualTo(tools.specifications());
    }

    private static ToolExecutionRequest request(String name, String arguments) {
        return ToolExecutionRequest.builder()
                .id("1")
                .name(name)
                .arguments(arguments)
                .build();
    }
}

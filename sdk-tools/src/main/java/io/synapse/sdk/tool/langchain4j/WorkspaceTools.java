package io.synapse.sdk.tool.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.synapse.sdk.tool.Tool;
import io.synapse.sdk.tool.ToolAnswer;
import io.synapse.sdk.tool.ToolParameter;
import io.synapse.sdk.tool.WorkspaceToolset;
import io.synapse.sdk.workspace.WorkspaceAgent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tools of one agent of a workspace for a chat model of LangChain4j ({@code langchain4j-core}). For AI services, see
 * {@link WorkspaceToolProvider}.
 *
 * <pre>{@code
 * WorkspaceTools tools = WorkspaceTools.of(workspace.agent("research"));
 * ChatRequest request = ChatRequest.builder().messages(messages).toolSpecifications(tools.specifications()).build();
 * for (ToolExecutionRequest call : model.chat(request).aiMessage().toolExecutionRequests()) {
 *     messages.add(tools.execute(call));
 * }
 * }</pre>
 *
 * <p>Immutable, and safe for use by any number of threads.
 */
public final class WorkspaceTools {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<@Nullable Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final WorkspaceToolset toolset;

    private WorkspaceTools(WorkspaceToolset toolset) {
        this.toolset = toolset;
    }

    /** The tools of an agent, with its rights and its folder. */
    public static WorkspaceTools of(WorkspaceAgent agent) {
        return new WorkspaceTools(WorkspaceToolset.of(agent));
    }

    /** What a model must know of the workspace, for its system message. */
    public String instructions() {
        return toolset.instructions();
    }

    /** What a model is told of each tool. */
    public List<ToolSpecification> specifications() {
        return toolset.tools().stream().map(WorkspaceTools::specification).toList();
    }

    private static ToolSpecification specification(Tool tool) {
        JsonObjectSchema.Builder schema = JsonObjectSchema.builder();
        for (ToolParameter each : tool.parameters()) {
            switch (each.kind()) {
                case STRING -> schema.addStringProperty(each.name(), each.description());
                case INTEGER -> schema.addIntegerProperty(each.name(), each.description());
                case BOOLEAN -> schema.addBooleanProperty(each.name(), each.description());
            }
        }
        return ToolSpecification.builder()
                .name(tool.name())
                .description(tool.description())
                .parameters(schema.required(tool.requiredNames())
                        .additionalProperties(false)
                        .build())
                .build();
    }

    /**
     * Executes what a model asks for. What a model can repair is a message with {@code isError}.
     *
     * @throws io.synapse.sdk.ClientException what a model cannot repair, see {@link io.synapse.sdk.workspace.ToolResults}
     */
    public ToolExecutionResultMessage execute(ToolExecutionRequest request) {
        ToolAnswer answer = answer(request);
        return ToolExecutionResultMessage.builder()
                .id(request.id())
                .toolName(request.name())
                .text(answer.text())
                .isError(answer.isError())
                .build();
    }

    ToolAnswer answer(ToolExecutionRequest request) {
        String arguments = request.arguments();
        Map<String, Object> values;
        try {
            values = arguments == null || arguments.isBlank() ? Map.of() : JSON.readValue(arguments, OBJECT);
        } catch (JsonProcessingException e) {
            return error("Error: the arguments are not a JSON object: " + e.getOriginalMessage());
        }
        return toolset.call(request.name(), values == null ? Map.of() : values);
    }

    private static ToolAnswer error(String text) {
        return new ToolAnswer(text, Map.of("error", text), true);
    }
}

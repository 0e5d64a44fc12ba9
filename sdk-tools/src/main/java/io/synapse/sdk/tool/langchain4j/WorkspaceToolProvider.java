package io.synapse.sdk.tool.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import io.synapse.sdk.tool.ToolAnswer;
import io.synapse.sdk.workspace.WorkspaceAgent;
import org.jspecify.annotations.Nullable;

/**
 * The tools of one agent of a workspace for an AI service of LangChain4j (module {@code langchain4j}):
 * {@code AiServices.builder(Assistant.class).chatModel(model).toolProvider(new WorkspaceToolProvider(agent))}. Immutable, and
 * safe for use by any number of threads.
 */
public final class WorkspaceToolProvider implements ToolProvider {
    private final WorkspaceTools tools;

    /** The tools of an agent, with its rights and its folder. */
    public WorkspaceToolProvider(WorkspaceAgent agent) {
        this.tools = WorkspaceTools.of(agent);
    }

    @Override
    public ToolProviderResult provideTools(ToolProviderRequest request) {
        ToolProviderResult.Builder result = ToolProviderResult.builder();
        tools.specifications().forEach(each -> result.add(each, new Executor()));
        return result.build();
    }

    private final class Executor implements ToolExecutor {
        @Override
        public String execute(ToolExecutionRequest request, @Nullable Object memoryId) {
            return tools.answer(request).text();
        }

        @Override
        public ToolExecutionResult executeWithContext(ToolExecutionRequest request, InvocationContext context) {
            ToolAnswer answer = tools.answer(request);
            return ToolExecutionResult.builder()
                    .isError(answer.isError())
                    .result(answer.content())
                    .resultText(answer.text())
                    .build();
        }
    }
}

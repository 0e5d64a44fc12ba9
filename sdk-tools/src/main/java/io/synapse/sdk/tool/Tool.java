package io.synapse.sdk.tool;

import io.synapse.sdk.BadRequestException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An operation that a model can call. Immutable, and safe for use by any number of threads. */
public final class Tool {
    private final String name;
    private final String description;
    private final boolean readOnly;
    private final List<ToolParameter> parameters;
    private final Function<ToolArguments, ToolAnswer> operation;

    private Tool(
            String name,
            String description,
            boolean readOnly,
            List<ToolParameter> parameters,
            Function<ToolArguments, ToolAnswer> operation) {
        this.name = name;
        this.description = description;
        this.readOnly = readOnly;
        this.parameters = List.copyOf(parameters);
        this.operation = operation;
    }

    static Tool reading(
            String name,
            String description,
            List<ToolParameter> parameters,
            Function<ToolArguments, ToolAnswer> operation) {
        return new Tool(name, description, true, parameters, operation);
    }

    static Tool changing(
            String name,
            String description,
            List<ToolParameter> parameters,
            Function<ToolArguments, ToolAnswer> operation) {
        return new Tool(name, description, false, parameters, operation);
    }

    /** Its name, in lower case. */
    public String name() {
        return name;
    }

    /** What it does and when to use it, for a model. */
    public String description() {
        return description;
    }

    /** Whether it changes nothing. */
    public boolean isReadOnly() {
        return readOnly;
    }

    /** Its parameters, those that are required first. */
    public List<ToolParameter> parameters() {
        return parameters;
    }

    /** The JSON Schema of its arguments, as maps, lists, strings and booleans. */
    public Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (ToolParameter each : parameters) {
            properties.put(each.name(), Map.of("type", each.kind().schemaType(), "description", each.description()));
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", requiredNames());
        schema.put("additionalProperties", false);
        return schema;
    }

    /** The names of the parameters that a call must have. */
    public List<String> requiredNames() {
        return parameters.stream()
                .filter(ToolParameter::isRequired)
                .map(ToolParameter::name)
                .toList();
    }

    /**
     * Calls it. What a model can repair, such as a wrong argument, is an answer.
     *
     * @param arguments text, numbers and booleans by the names of parameters
     * @throws io.synapse.sdk.ClientException what a model cannot repair, see {@link io.synapse.sdk.workspace.ToolResults}
     */
    public ToolAnswer call(Map<String, ?> arguments) {
        try {
            return operation.apply(new ToolArguments(arguments, parameters));
        } catch (BadRequestException e) {
            return ToolAnswer.error("Error: " + e.getMessage());
        }
    }
}

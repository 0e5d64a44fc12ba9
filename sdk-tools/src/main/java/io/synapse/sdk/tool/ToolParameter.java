package io.synapse.sdk.tool;

/**
 * A parameter of a tool.
 *
 * @param name in snake case
 * @param kind of its values
 * @param description for a model
 * @param isRequired whether a call must have it
 */
public record ToolParameter(String name, Kind kind, String description, boolean isRequired) {
    /** What values a parameter takes. */
    public enum Kind {
        /** Text. */
        STRING("string"),
        /** A whole number. */
        INTEGER("integer"),
        /** True or false. */
        BOOLEAN("boolean");

        private final String schemaType;

        Kind(String schemaType) {
            this.schemaType = schemaType;
        }

        /** The type in JSON Schema. */
        public String schemaType() {
            return schemaType;
        }
    }

    static ToolParameter required(String name, Kind kind, String description) {
        return new ToolParameter(name, kind, description, true);
    }

    static ToolParameter optional(String name, Kind kind, String description) {
        return new ToolParameter(name, kind, description, false);
    }
}

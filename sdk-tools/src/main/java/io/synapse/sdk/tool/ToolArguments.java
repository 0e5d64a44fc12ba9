package io.synapse.sdk.tool;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.workspace.WriteCondition;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call, as models give them: a number may come as text, and what is left out as null or empty. Methods
 * throw a {@link BadRequestException} whose message a model can act on.
 */
final class ToolArguments {
    private final Map<String, ?> values;

    /** Checks that all that are required are there, and no others than those of the tool. */
    ToolArguments(Map<String, ?> values, List<ToolParameter> parameters) {
        this.values = values;
        List<String> names = parameters.stream().map(ToolParameter::name).toList();
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw BadRequestException.refused(
                        "there is no parameter " + name + ", but " + String.join(", ", names));
            }
        }
        for (ToolParameter each : parameters) {
            if (each.isRequired() && values.get(each.name()) == null) {
                throw BadRequestException.refused("the parameter " + each.name() + " is missing");
            }
        }
    }

    String text(String name) {
        Object value = values.get(name);
        if (value instanceof String text) {
            return text;
        }
        throw wrongType(name, "text", value);
    }

    @Nullable
    String optionalText(String name) {
        Object value = values.get(name);
        return value == null || value.equals("") ? null : text(name);
    }

    @Nullable
    Integer optionalInteger(String name) {
        Object value = values.get(name);
        if (value == null || value.equals("")) {
            return null;
        }
        try {
            return new BigDecimal(value.toString().strip()).intValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw wrongType(name, "a whole number", value);
        }
    }

    int integer(String name, int otherwise) {
        Integer value = optionalInteger(name);
        return value == null ? otherwise : value;
    }

    boolean flag(String name) {
        Object value = values.get(name);
        if (value == null || value.equals("")) {
            return false;
        }
        return switch (value.toString()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrongType(name, "true or false", value);
        };
    }

    /** What {@code if_version} and {@code if_absent} say. */
    WriteCondition condition() {
        String version = optionalText("if_version");
        if (!flag("if_absent")) {
            return version == null ? WriteCondition.NONE : WriteCondition.ifVersion(version);
        }
        if (version != null) {
            throw BadRequestException.refused(
                    "a file cannot have a version and be absent: give one of" + " if_version and if_absent");
        }
        return WriteCondition.ifAbsent();
    }

    private static BadRequestException wrongType(String name, String type, @Nullable Object value) {
        return BadRequestException.refused("the parameter " + name + " must be " + type + ", not " + value);
    }
}

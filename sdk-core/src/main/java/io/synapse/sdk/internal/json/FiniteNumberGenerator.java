package io.synapse.sdk.internal.json;

import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;

/** Rejects NaN and infinity, which are not valid JSON, unless they are written as strings. */
final class FiniteNumberGenerator extends JsonGeneratorDelegate {
    FiniteNumberGenerator(JsonGenerator generator) {
        super(generator);
    }

    @Override
    public void writeNumber(double number) throws IOException {
        check(number);
        super.writeNumber(number);
    }

    @Override
    public void writeNumber(float number) throws IOException {
        check(number);
        super.writeNumber(number);
    }

    @Override
    public void writeArray(double[] numbers, int from, int length) throws IOException {
        for (int index = from; index < from + length; index++) {
            check(numbers[index]);
        }
        super.writeArray(numbers, from, length);
    }

    @SuppressWarnings("deprecation") // what JsonWriteFeature sets
    private void check(double number) throws IOException {
        if (!Double.isFinite(number) && !isEnabled(Feature.QUOTE_NON_NUMERIC_NUMBERS)) {
            JsonStreamContext context = getOutputContext(); // inside an array it has the index of the previous element
            JsonStreamContext named = context.inArray() ? context.getParent() : context;
            throw new JsonGenerationException(number + " is no JSON number (" + named.pathAsPointer() + ")", this);
        }
    }
}

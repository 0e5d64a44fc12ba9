package io.synapse.sdk.experiment;

import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a worker reports of one GPU. Immutable: each setter returns a modified copy. */
public final class GpuReport extends ValueObject {
    private GpuReport(Attributes attributes) {
        super(attributes);
    }

    /** A report of the GPU of this number, from 0. */
    public static GpuReport of(int id) {
        return new GpuReport(Attributes.NONE.withField("id", id));
    }

    /** Sets its name. */
    public GpuReport name(String name) {
        return field("name", name);
    }

    /** Sets its use, in percent. */
    public GpuReport util(double percent) {
        return field("util", percent);
    }

    /** Sets its memory in use, in GB. */
    public GpuReport vramUsed(double gigabytes) {
        return field("vram_used", gigabytes);
    }

    /** Sets its memory, in GB. */
    public GpuReport vramTotal(double gigabytes) {
        return field("vram_total", gigabytes);
    }

    /** Sets its temperature, in °C. */
    public GpuReport temperature(double celsius) {
        return field("temperature", celsius);
    }

    /** Sets its power, in W. */
    public GpuReport powerUsage(double watts) {
        return field("power_usage", watts);
    }

    /** The fields that were set, by the names of the server. */
    Map<String, @Nullable Object> properties() {
        return attributes.asMap();
    }

    private GpuReport field(String name, Object value) {
        Json.write(value);
        return new GpuReport(attributes.withField(name, value));
    }
}

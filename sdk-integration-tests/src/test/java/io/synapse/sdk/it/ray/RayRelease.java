package io.synapse.sdk.it.ray;

import io.synapse.sdk.embedded.Prerequisite;
import java.nio.file.Path;

/** The releases of Ray on which tests run; {@code bin/test} installs them. */
public enum RayRelease {
    /** 2.58.0. */
    CURRENT("synapse.ray"),

    /** 2.41.0: one before 2.45, where a log that the state API sends is framed (wire/ray.md, section 8). */
    OLD("synapse.ray.old");

    private final String property;

    RayRelease(String property) {
        this.property = property;
    }

    /** Its virtual environment. Where there is none, the test is skipped or fails here. */
    Path require() {
        return Prerequisite.program(property, "bin/ray", "virtual environment with Ray")
                .getParent()
                .getParent();
    }
}

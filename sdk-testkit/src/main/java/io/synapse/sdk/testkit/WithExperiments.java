package io.synapse.sdk.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a JUnit test class an experiment server of its own, with the defaults of
 * {@link io.synapse.sdk.experiments.EmbeddedExperiments#start()}, and workers if it wants some; see
 * {@link EmbeddedExperimentsExtension} for what its tests can ask for. Nested classes share the server; one of them that has
 * this annotation with other values is an error.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EmbeddedExperimentsExtension.class)
public @interface WithExperiments {
    /** The number of workers, which take jobs from the server; 0, the default, for none. */
    int workers() default 0;

    /**
     * What a job of the workers runs, as in {@link io.synapse.sdk.experiments.ExperimentWorker.Builder#command(String...)}: a
     * program and its arguments, in which {@code {config}} stands for the path of the config. To be set if there are workers.
     */
    String[] command() default {};
}

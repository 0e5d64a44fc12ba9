package io.synapse.sdk.it.docker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class the {@link DockerEngine} that all such classes of a run share: it is their parameter.
 * Starting one with its images takes long, so one has to do for all that leave it in one piece: those that break or
 * stop dockerd start their own. Others' containers and images are there too. {@code .ci/run} runs those that are also
 * tagged {@code one-jdk} on JDK 25.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("docker")
@ExtendWith(DockerEngineExtension.class)
public @interface WithDockerEngine {}

package io.synapse.sdk.it.ray;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class the {@link RayCluster} that all such classes of a run share, or a
 * {@link io.synapse.sdk.ray.RayClient} of it: they are its parameters. Starting a cluster takes long, so one has to do
 * for all that leave it in one piece: those that break something start their own. Others' jobs are there too. A class that
 * extends another can have its tests run on another release.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RayClusterExtension.class)
public @interface WithRayCluster {
    /** What the cluster runs. */
    RayRelease value() default RayRelease.CURRENT;
}

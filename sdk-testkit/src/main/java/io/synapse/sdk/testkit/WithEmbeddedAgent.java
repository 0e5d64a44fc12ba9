package io.synapse.sdk.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a JUnit test class an agent of its own, with the defaults of
 * {@link io.synapse.sdk.embedded.EmbeddedAgent#start()}; see {@link EmbeddedAgentExtension} for what its tests can ask
 * for.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EmbeddedAgentExtension.class)
public @interface WithEmbeddedAgent {}

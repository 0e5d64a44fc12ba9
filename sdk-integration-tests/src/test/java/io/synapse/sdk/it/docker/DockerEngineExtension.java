package io.synapse.sdk.it.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the shared engine for the first class that wants it; JUnit closes it after the last of all classes. */
final class DockerEngineExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(DockerEngineExtension.class);

    /** Starts the engine, so that its start is not counted as a test's time. */
    @Override
    public void beforeAll(ExtensionContext context) {
        engine(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DockerEngine.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return engine(context);
    }

    private static DockerEngine engine(ExtensionContext context) {
        DockerEngine.requireScript();
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(DockerEngine.class, key -> start(), DockerEngine.class);
    }

    private static DockerEngine start() {
        try {
            return DockerEngine.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

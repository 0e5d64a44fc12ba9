package io.synapse.sdk.it.ray;

import io.synapse.sdk.ray.RayClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts the shared cluster of a release for the first class that wants it; JUnit closes it after the last class. */
final class RayClusterExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(RayClusterExtension.class);
    private static final Set<Class<?>> INJECTED = Set.of(RayCluster.class, RayClient.class);

    /** Starts the cluster, so that its start is not counted as a test's time. */
    @Override
    public void beforeAll(ExtensionContext context) {
        cluster(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return INJECTED.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RayCluster.class ? cluster(context) : client(context);
    }

    private static RayCluster cluster(ExtensionContext context) {
        RayRelease release = AnnotationSupport.findAnnotation(context.getRequiredTestClass(), WithRayCluster.class)
                .orElseThrow()
                .value();
        release.require();
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(release, RayClusterExtension::start, RayCluster.class);
    }

    private static RayClient client(ExtensionContext context) {
        RayCluster cluster = cluster(context);
        return context.getStore(NAMESPACE).computeIfAbsent(RayClient.class, key -> clientOf(cluster), RayClient.class);
    }

    private static RayCluster start(RayRelease release) {
        try {
            return RayCluster.start(release);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RayClient clientOf(RayCluster cluster) {
        try {
            return cluster.client();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

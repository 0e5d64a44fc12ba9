package io.synapse.sdk.testkit;

import io.synapse.sdk.testkit.InjectedResources.Kind;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * What the extensions have in common: a server for a class, and proxies and clients for its tests. All state is kept by JUnit.
 *
 * @param <S> what is started for a class
 * @param <C> the blocking clients
 */
abstract sealed class EmbeddedServerExtension<S extends AutoCloseable, C extends AutoCloseable>
        implements BeforeAllCallback, TestInstancePreConstructCallback, BeforeEachCallback, ParameterResolver
        permits EmbeddedAgentExtension, EmbeddedExperimentsExtension {
    /** Of its own for each extension: a class may use both. */
    private final Namespace namespace = Namespace.create(InjectedResources.class, getClass());

    private final Class<S> startedType;
    private final Class<?> serverType;
    private final Class<C> clientType;
    private final Class<?> asyncClientType;

    /**
     * @param startedType what is started
     * @param serverType the type of the parameter that is given it
     */
    EmbeddedServerExtension(Class<S> startedType, Class<?> serverType, Class<C> clientType, Class<?> asyncClientType) {
        this.startedType = startedType;
        this.serverType = serverType;
        this.clientType = clientType;
        this.asyncClientType = asyncClientType;
    }

    abstract S start(ExtensionContext context);

    /** What a parameter of the server's type is given. */
    abstract Object server(S started);

    abstract URI address(S started);

    /** A client of the server that calls it at this address, its own or that of a proxy. */
    abstract C connect(S started, URI address);

    abstract Object async(C client);

    /** Starts the server, so that its start is not counted as a test's time. */
    @Override
    public void beforeAll(ExtensionContext context) {
        started(InjectedResources.of(namespace, context), context);
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext instance, ExtensionContext context)
            throws Exception {
        InjectedResources.closeLeftOver(namespace, context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        InjectedResources.handOver(namespace, context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Set.of(serverType, FaultProxy.class, clientType, asyncClientType)
                .contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        InjectedResources resources = InjectedResources.of(namespace, parameter, context);
        S started = started(resources, context);
        Class<?> type = parameter.getParameter().getType();
        if (type == serverType) {
            return server(started);
        }
        if (type == FaultProxy.class) {
            return proxy(resources, started);
        }
        C client = asksForProxy(parameter) ? clientThroughProxy(resources, started) : client(resources, started);
        return type == clientType ? client : async(client);
    }

    private static boolean asksForProxy(ParameterContext parameter) {
        return List.of(parameter.getDeclaringExecutable().getParameterTypes()).contains(FaultProxy.class);
    }

    private S started(InjectedResources resources, ExtensionContext context) {
        return resources.get(Kind.SERVER, startedType, () -> start(context));
    }

    private FaultProxy proxy(InjectedResources resources, S started) {
        return resources.get(Kind.PROXY, FaultProxy.class, () -> FaultProxy.inFrontOf(address(started)));
    }

    private C client(InjectedResources resources, S started) {
        return resources.get(Kind.CLIENT, clientType, () -> connect(started, address(started)));
    }

    private C clientThroughProxy(InjectedResources resources, S started) {
        URI detour = proxy(resources, started).uri();
        return resources.get(Kind.CLIENT_THROUGH_PROXY, clientType, () -> connect(started, detour));
    }
}

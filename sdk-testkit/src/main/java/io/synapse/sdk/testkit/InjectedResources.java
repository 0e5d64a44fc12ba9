package io.synapse.sdk.testkit;

import java.lang.reflect.Constructor;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;

/**
 * What is made for a test, or for the tests of a class, in JUnit's stores. A store finds what an enclosing context holds,
 * and it closes what it holds, the latest first, when the test or the class is over.
 *
 * <p>JUnit resolves the parameters of a constructor in the context of the class, even if the instance is for one test
 * only (since 5.12 an extension can choose, but not in the versions before). What a constructor is given is therefore
 * stored under its thread, on which JUnit also begins the test, and {@link #handOver} moves it to the test.
 */
final class InjectedResources {
    /** In the order in which they depend on one another. */
    enum Kind {
        SERVER,
        PROXY,
        CLIENT,
        CLIENT_THROUGH_PROXY
    }

    private final Store existing;
    private final Store target;

    private InjectedResources(Store existing, Store target) {
        this.existing = existing;
        this.target = target;
    }

    /** Those of a class or of a test. */
    static InjectedResources of(Namespace namespace, ExtensionContext context) {
        Store store = context.getStore(namespace);
        return new InjectedResources(store, store);
    }

    /** Those that a parameter can be given. */
    static InjectedResources of(Namespace namespace, ParameterContext parameter, ExtensionContext context) {
        Store store = context.getStore(namespace);
        return new InjectedResources(
                store, isMadeForOneTest(parameter, context) ? constructed(namespace, context) : store);
    }

    /** The one that there is, or else a new one. */
    <T extends AutoCloseable> T get(Kind kind, Class<T> type, Supplier<T> making) {
        Resource resource = existing.get(kind, Resource.class);
        if (resource == null) {
            resource = target.getOrComputeIfAbsent(kind, key -> new Resource(making.get()), Resource.class);
        }
        return type.cast(resource.content());
    }

    /** Gives a test that begins what the constructors of its instances were given. */
    static void handOver(Namespace namespace, ExtensionContext test) {
        Store ofTest = test.getStore(namespace);
        Optional<ExtensionContext> enclosing = test.getParent();
        while (enclosing.isPresent()) {
            for (Kind kind : Kind.values()) {
                Resource resource = constructed(namespace, enclosing.get()).remove(kind, Resource.class);
                if (resource != null) {
                    ofTest.put(kind, resource);
                }
            }
            enclosing = enclosing.get().getParent();
        }
    }

    /**
     * Closes what an earlier constructor was given whose test has not begun: the constructor failed, or the test is
     * disabled.
     */
    static void closeLeftOver(Namespace namespace, ExtensionContext ofClass) throws Exception {
        Kind[] kinds = Kind.values();
        for (int i = kinds.length - 1; i >= 0; i--) {
            Resource resource = constructed(namespace, ofClass).remove(kinds[i], Resource.class);
            if (resource != null) {
                resource.close();
            }
        }
    }

    private static boolean isMadeForOneTest(ParameterContext parameter, ExtensionContext context) {
        return parameter.getDeclaringExecutable() instanceof Constructor<?>
                && context.getTestInstanceLifecycle().equals(Optional.of(Lifecycle.PER_METHOD))
                && context.getTestMethod().isEmpty();
    }

    private static Store constructed(Namespace namespace, ExtensionContext context) {
        return context.getStore(namespace.append(Thread.currentThread()));
    }

    /** A store of JUnit before 5.13 closes the one type, a later one the other. */
    @SuppressWarnings("try") // nobody opens it in a try statement
    private record Resource(AutoCloseable content) implements CloseableResource, AutoCloseable {
        @Override
        public void close() throws Exception {
            content.close();
        }
    }
}

package io.synapse.sdk.agent;

import io.synapse.sdk.BaseClient;
import io.synapse.sdk.EventPublisher;
import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.PagedList;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.gateway.GatewayClient;
import io.synapse.sdk.gateway.WorkflowStream;
import io.synapse.sdk.ray.RayClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Calls operations by name, on a blocking client or its twin, and waits for what comes of them. */
public enum Operations {
    BLOCKING {
        @Override
        Object client(BaseClient client) {
            return client;
        }
    },
    ASYNCHRONOUS {
        @Override
        Object client(BaseClient client) {
            return client instanceof RayClient ray
                    ? ray.async()
                    : client instanceof GatewayClient gateway
                            ? gateway.async()
                            : client instanceof ExperimentClient experiments
                                    ? experiments.async()
                                    : ((AgentClient) client).async();
        }
    };

    abstract Object client(BaseClient client);

    /** Calls an operation, waits, and returns its result; pages and logs are read to their end. */
    public @Nullable Object call(BaseClient client, String operation, Object... arguments) {
        Object target = client(client);
        return await(invoke(target, method(target, operation, arguments), arguments));
    }

    /** Waits for the result of an operation, whatever kind of client it is of. */
    static @Nullable Object await(@Nullable Object result) {
        try {
            if (result instanceof CompletableFuture<?> future) {
                return future.join();
            } else if (result instanceof LogPublisher log) {
                log.subscribe(new Drain());
                return log.completion().join();
            } else if (result instanceof EventPublisher<?> events) {
                List<Object> read = new ArrayList<>();
                events.forEachEvent(read::add).join();
                return read;
            }
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
        if (result instanceof WorkflowStream events) {
            try (events) {
                return events.stream().toList();
            }
        }
        if (result instanceof PagedList<?> pages) {
            return pages.stream().toList();
        } else if (result instanceof LogStream log) {
            try (log) {
                return log.stream().toList();
            }
        }
        return result;
    }

    public static @Nullable Object invoke(Object target, Method method, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Method method(Object target, String name, Object... arguments) {
        List<Method> candidates = Arrays.stream(target.getClass().getMethods())
                .filter(method -> method.getName().equals(name) && accepts(method, arguments))
                .toList();
        if (candidates.size() != 1) {
            throw new AssertionError("not one operation of the name " + name + ": " + candidates);
        }
        return candidates.get(0);
    }

    private static boolean accepts(Method method, Object... arguments) {
        Class<?>[] types = method.getParameterTypes();
        boolean fits = types.length == arguments.length;
        for (int i = 0; fits && i < types.length; i++) {
            fits = types[i].isInstance(arguments[i])
                    || types[i] == boolean.class && arguments[i] instanceof Boolean
                    || types[i] == int.class && arguments[i] instanceof Integer
                    || types[i] == long.class && arguments[i] instanceof Long;
        }
        return fits;
    }

    /** Takes every line. */
    static final class Drain implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}

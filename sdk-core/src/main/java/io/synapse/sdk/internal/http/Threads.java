package io.synapse.sdk.internal.http;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The client's own threads: daemons named {@code synapse-…}, virtual ones where the JVM has them (JDK 21 and later). */
public final class Threads {
    private static final @Nullable MethodHandle VIRTUAL_BUILDER = virtualBuilder();
    private static final long IDLE_SECONDS = 5;

    private Threads() {}

    /** Runs each task on a thread at once; no thread before the first task. */
    public static ExecutorService cached(String name) {
        if (VIRTUAL_BUILDER != null) {
            return perTask(virtual(VIRTUAL_BUILDER, name));
        }
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), platform(name));
    }

    /** Runs so many tasks at once, the others in order; no thread before the first task. */
    public static ExecutorService bounded(String name, int atOnce) {
        ThreadFactory threads = VIRTUAL_BUILDER == null ? platform(name) : virtual(VIRTUAL_BUILDER, name);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                atOnce, atOnce, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Makes daemon threads {@code synapse-<name>-1}, {@code -2} and so on. */
    public static ThreadFactory platform(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "synapse-" + name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static ExecutorService perTask(ThreadFactory threads) {
        try {
            return (ExecutorService) MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class, ThreadFactory.class))
                    .invoke(threads);
        } catch (Throwable e) {
            throw new IllegalStateException("this JVM has virtual threads but no executor for them", e);
        }
    }

    /** {@code Thread.ofVirtual().name("synapse-<name>-", 1).factory()}, on a JVM whose API may not have it. */
    private static ThreadFactory virtual(MethodHandle builder, String name) {
        try {
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Object named = lookup.findVirtual(type, "name", MethodType.methodType(type, String.class, long.class))
                    .invoke(builder.invoke(), "synapse-" + name + "-", 1L);
            return (ThreadFactory) lookup.findVirtual(type, "factory", MethodType.methodType(ThreadFactory.class))
                    .invoke(named);
        } catch (Throwable e) {
            throw new IllegalStateException("this JVM has virtual threads but no factory for them", e);
        }
    }

    private static @Nullable MethodHandle virtualBuilder() {
        if (Runtime.version().feature() < 21) {
            return null;
        }
        try {
            Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
            return MethodHandles.publicLookup().findStatic(Thread.class, "ofVirtual", MethodType.methodType(type));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}

package io.synapse.sdk.benchmarks.contender.gateway;

import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Asks for plans as fast as they come, so many at a time. Prints how many came in a second, and how long it measured from
 * when on, so that what the server spent meanwhile can be told.
 */
public final class LoadPlans {
    private static final String TASK = "a todo app";

    private final AtomicLong done = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean over;

    private LoadPlans() {}

    /**
     * Runs it.
     *
     * @param args a way of {@link PlanCaller}, or {@code grpc async} for grpc-java without a thread for each call, the
     *     address, how many at a time, and how many seconds to practise and to measure
     */
    public static void main(String[] args) throws InterruptedException {
        LoadPlans load = new LoadPlans();
        int atATime = Integer.parseInt(args[2]);
        if (args[0].equals("grpc async")) {
            load.async(new BareStub(args[1]), atATime);
        } else {
            load.blocking(PlanCaller.of(args[0], args[1]), atATime);
        }
        TimeUnit.SECONDS.sleep(Integer.parseInt(args[3]));
        System.out.println("measuring=1");
        long before = load.done.get();
        long start = System.nanoTime();
        TimeUnit.SECONDS.sleep(Integer.parseInt(args[4]));
        double calls = load.done.get() - before;
        double seconds = (System.nanoTime() - start) / 1e9;
        load.over = true;
        if (load.failure.get() != null) {
            throw new IllegalStateException("a call failed", load.failure.get());
        }
        System.out.println("calls_per_second=" + calls / seconds);
        System.out.println("calls=" + calls);
        System.exit(0);
    }

    private void blocking(PlanCaller caller, int threads) {
        for (int number = 0; number < threads; number++) {
            Thread thread = new Thread(() -> {
                try {
                    while (!over) {
                        caller.steps(TASK);
                        done.incrementAndGet();
                    }
                } catch (IOException | InterruptedException | RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void async(BareStub stub, int atATime) {
        for (int number = 0; number < atATime; number++) {
            next(stub);
        }
    }

    private void next(BareStub stub) {
        ClientCall<Message, Message> call = stub.newCall();
        ClientCalls.asyncUnaryCall(call, BareStub.request(TASK), new StreamObserver<>() {
            @Override
            public void onNext(Message answer) {
                PlanByHand.of((AiAgent.PlanResponse) answer).checked();
            }

            @Override
            public void onError(Throwable thrown) {
                failure.compareAndSet(null, thrown);
            }

            @Override
            public void onCompleted() {
                done.incrementAndGet();
                if (!over) {
                    next(stub);
                }
            }
        });
    }
}

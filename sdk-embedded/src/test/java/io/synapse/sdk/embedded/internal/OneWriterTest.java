package io.synapse.sdk.embedded.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OneWriterTest {
    private static final int WRITERS = 6;

    @TempDir
    Path folder;

    private Database opened;
    private Jdbi database;

    @BeforeEach
    void open() throws IOException {
        opened = Database.open(folder.resolve("agent.db"), Database.Schema.OF_AGENT);
        database = opened.jdbi();
        database.useHandle(handle -> handle.execute("CREATE TABLE noted (number INTEGER)"));
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void transactionsBeginInTheOrderInWhichTheyAsk() throws Exception {
        List<Integer> order = new CopyOnWriteArrayList<>();
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> writers = new ArrayList<>();
        Thread first = start(() -> database.useTransaction(transaction -> {
            order.add(0);
            end.await();
        }));
        await().until(() -> order.size() == 1);
        for (int number = 1; number <= WRITERS; number++) {
            int own = number;
            Thread writer = start(() -> database.useTransaction(transaction -> {
                order.add(own);
                transaction.execute("INSERT INTO noted VALUES (?)", own);
            }));
            await().until(() -> writer.getState() == Thread.State.TIMED_WAITING);
            writers.add(writer);
        }
        end.countDown();
        first.join();
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(order)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(0, WRITERS).boxed().toList());
        assertThat(database.<Integer, RuntimeException>withHandle(
                        handle -> handle.createQuery("SELECT count(*) FROM noted")
                                .mapTo(Integer.class)
                                .one()))
                .isEqualTo(WRITERS);
    }

    @Test
    void aTransactionThatFailsLetsTheNextBegin() {
        for (int round = 0; round < WRITERS; round++) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> database.useTransaction(transaction -> {
                        transaction.execute("INSERT INTO noted VALUES (1)");
                        throw new IllegalStateException("meant to fail");
                    }));
        }

        assertThat(database.<Integer, RuntimeException>inTransaction(transaction -> transaction
                        .createQuery("SELECT count(*) FROM noted")
                        .mapTo(Integer.class)
                        .one()))
                .isZero();
    }

    @Test
    void aTransactionThatWaitsTooLongFailsAsOneOnALockedFile() throws InterruptedException {
        database.setTransactionHandler(new OneWriter(Jdbi.create("-").getTransactionHandler(), 1));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread first = start(() -> database.useTransaction(transaction -> {
            begun.countDown();
            end.await();
        }));
        begun.await();

        assertThatExceptionOfType(TransactionException.class)
                .isThrownBy(() -> database.useTransaction(transaction -> {}))
                .matches(Causes::isDatabaseLocked);

        end.countDown();
        first.join();
        database.useTransaction(transaction -> transaction.execute("INSERT INTO noted VALUES (1)"));
    }

    private interface Work {
        void run() throws Exception;
    }

    private static Thread start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }
}

package io.synapse.sdk.task;

import io.synapse.sdk.Operation;
import io.synapse.sdk.dialect.internal.Dialect;
import java.util.List;

/** The requests of the blocking and the asynchronous task operations. */
final class TaskEndpoints {
    private TaskEndpoints() {}

    static Operation<List<Task>> list() {
        return Operation.forDialect(Dialect.class, Dialect::listTasks);
    }

    static Operation<Task> get(String id) {
        return Operation.forDialect(Dialect.class, dialect -> dialect.getTask(dialect.checkedId("task", id)));
    }
}

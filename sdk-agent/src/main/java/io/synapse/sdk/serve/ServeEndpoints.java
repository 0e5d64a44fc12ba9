package io.synapse.sdk.serve;

import io.synapse.sdk.Operation;
import io.synapse.sdk.dialect.internal.Dialect;
import io.synapse.sdk.dialect.internal.Ids;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the blocking and the asynchronous Serve operations send. */
final class ServeEndpoints {
    private ServeEndpoints() {}

    static Operation<List<ServeApplication>> list() {
        return Operation.forDialect(Dialect.class, Dialect::listServeApplications);
    }

    static Operation<ServeApplication> get(String name) {
        return Operation.forDialect(Dialect.class, dialect -> dialect.getServeApplication(checked(name)));
    }

    static Operation<@Nullable Void> delete(String name) {
        return Operation.forDialect(Dialect.class, dialect -> dialect.deleteServeApplication(checked(name)));
    }

    private static String checked(String name) {
        return Ids.checkName("Serve application name", name);
    }
}

package io.synapse.sdk.serve;

import io.synapse.sdk.Operation;
import io.synapse.sdk.dialect.internal.Dialect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests of the blocking and the asynchronous Serve operations. */
final class ServeEndpoints {
    private static final String APPLICATION = "Serve application name";

    private ServeEndpoints() {}

    static Operation<List<ServeApplication>> list() {
        return Operation.forDialect(Dialect.class, Dialect::listServeApplications);
    }

    static Operation<ServeApplication> get(String name) {
        return Operation.forDialect(
                Dialect.class, dialect -> dialect.getServeApplication(dialect.checkedName(APPLICATION, name)));
    }

    static Operation<@Nullable Void> delete(String name) {
        return Operation.forDialect(
                Dialect.class, dialect -> dialect.deleteServeApplication(dialect.checkedName(APPLICATION, name)));
    }
}

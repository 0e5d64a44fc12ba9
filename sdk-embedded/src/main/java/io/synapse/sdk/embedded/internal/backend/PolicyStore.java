package io.synapse.sdk.embedded.internal.backend;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.synapse.sdk.embedded.internal.Json;
import java.io.UncheckedIOException;
import org.jdbi.v3.core.Jdbi;

/** Keeps the policy, so that it survives a restart. Thread-safe. */
public final class PolicyStore {
    private final Jdbi database;

    /** The store in this database. */
    public PolicyStore(Jdbi database) {
        this.database = database;
    }

    /**
     * The policy that was kept.
     *
     * @param usual what holds for fields that were not
     */
    public RuntimePolicy policy(RuntimePolicy usual) {
        return database.withHandle(handle -> handle.createQuery("SELECT changes FROM policy")
                .mapTo(String.class)
                .findOne()
                .map(changes -> changed(usual, changes))
                .orElse(usual));
    }

    /** Keeps a policy, in place of the one before. */
    public void save(RuntimePolicy policy) {
        String changes = Json.MAPPER.valueToTree(policy.values()).toString();
        database.useHandle(
                handle -> handle.execute("INSERT OR REPLACE INTO policy (id, changes) VALUES (1, ?)", changes));
    }

    private static RuntimePolicy changed(RuntimePolicy usual, String changes) {
        try {
            return usual.with(Json.MAPPER.readTree(changes));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("the agent's records are damaged", e);
        }
    }
}

package io.synapse.sdk.experiments.internal.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.event.Events;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The machines of workers. Their reports are held in memory; the last one of each is recorded now and then, so that a
 * machine is known after a restart. Thread-safe.
 */
public final class Devices implements AutoCloseable {
    private static final Duration BETWEEN_RECORDS = Duration.ofSeconds(10);

    private final Jdbi database;
    private final Events events;
    private final LongSupplier nanos;
    private final Map<String, Device> devices = new ConcurrentHashMap<>();

    /** The status of each that clients were told last; of those that have reported since, none. */
    private final Map<String, String> told = new ConcurrentHashMap<>();

    private final Set<String> unrecorded = ConcurrentHashMap.newKeySet();
    private final long start;
    private long recorded;

    /**
     * Those on record.
     *
     * @param nanos the monotonic clock
     */
    public Devices(Jdbi database, Events events, LongSupplier nanos) {
        this.database = database;
        this.events = events;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.recorded = start;
        database.useHandle(handle -> handle.createQuery("SELECT * FROM device")
                .map((row, context) -> device(row))
                .forEach(device -> {
                    devices.put(device.host(), device);
                    told.put(device.host(), device.status(recorded));
                }));
    }

    /**
     * Takes a report, in place of the last one of that machine.
     *
     * @throws Failure 409 when another worker has reported under this name a moment ago: their jobs would be taken for lost
     */
    public void beat(Heartbeat beat) {
        String time = Instant.now().toString();
        long now = nanos.getAsLong();
        Device device = devices.compute(beat.host(), (host, last) -> {
            if (last != null && beat.isOfAnotherWorker(last.beat()) && last.isCurrent(now, start)) {
                throw Failure.conflict("another worker reports as " + host + "; each needs a host_id of its own");
            }
            return new Device(beat, time, now, last != null && last.isDraining());
        });
        unrecorded.add(device.host());
        if (told.remove(device.host()) == null && !isOnRecord(device.host())) {
            record();
        }
    }

    private boolean isOnRecord(String host) {
        return database.withHandle(handle -> handle.createQuery("SELECT count(*) FROM device WHERE host = ?")
                        .bind(0, host)
                        .mapTo(int.class)
                        .one()
                > 0);
    }

    /** All of them, as clients see them, in the order of their names. */
    public List<Map<String, @Nullable Object>> documents() {
        return devices.values().stream()
                .sorted((one, other) -> one.host().compareTo(other.host()))
                .map(this::document)
                .toList();
    }

    private Map<String, @Nullable Object> document(Device device) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        device.beat().fields().properties().forEach(field -> document.put(field.getKey(), field.getValue()));
        document.put("status", device.status(nanos.getAsLong()));
        document.put("last_heartbeat", device.lastHeartbeat());
        document.put("draining", device.isDraining());
        return document;
    }

    /** All of them. */
    public Collection<Device> all() {
        return List.copyOf(devices.values());
    }

    /** The machine of that name. */
    public Optional<Device> find(String host) {
        return Optional.ofNullable(devices.get(host));
    }

    /** The GPUs of a machine on which nothing works, but these; none when its last report is older than 10 s. */
    public List<Gpu> idleGpus(Device device, Set<Integer> held) {
        return device.idleGpus(held, nanos.getAsLong());
    }

    /**
     * Decides whether a machine gets jobs.
     *
     * @throws Failure when there is none of that name: 404
     */
    public void drain(String host, boolean isDraining) {
        Device drained = devices.computeIfPresent(
                host, (key, device) -> new Device(device.beat(), device.lastHeartbeat(), device.heard(), isDraining));
        if (drained == null) {
            throw unknown(host);
        }
        told.remove(host);
        database.useHandle(handle -> save(handle, drained));
    }

    /**
     * Forgets a machine.
     *
     * @throws Failure when there is none of that name, 404, or it is not disconnected, 400
     */
    public void delete(String host) {
        database.useTransaction(transaction -> {
            Device device = devices.get(host);
            if (device == null) {
                throw unknown(host);
            }
            if (!device.status(nanos.getAsLong()).equals("disconnected")) {
                throw Failure.badRequest("Only disconnected devices can be deleted. Wait until it is disconnected.");
            }
            transaction.execute("DELETE FROM device WHERE host = ?", host);
            events.record(transaction, "device_removed", Map.of("host_id", host));
            transaction.afterCommit(() -> forget(device));
        });
    }

    /** Unless it has reported meanwhile. */
    private void forget(Device device) {
        if (devices.remove(device.host(), device)) {
            told.remove(device.host());
        }
    }

    private static Failure unknown(String host) {
        return Failure.notFound("Device '" + host + "' not found");
    }

    /** Tells clients of those that have changed, and records them from time to time; to be called once a second. */
    public void tick() {
        long now = nanos.getAsLong();
        for (Device device : devices.values()) {
            String status = device.status(now);
            if (!status.equals(told.put(device.host(), status))) {
                events.send("device_update", document(device));
            }
        }
        if (now - recorded >= BETWEEN_RECORDS.toNanos()) {
            recorded = now;
            record();
        }
    }

    /** Records those that have reported since the last time. */
    private void record() {
        List<String> hosts = List.copyOf(unrecorded);
        hosts.forEach(unrecorded::remove);
        try {
            database.useTransaction(transaction ->
                    hosts.forEach(host -> find(host).ifPresent(device -> save(transaction, device))));
        } catch (RuntimeException e) {
            unrecorded.addAll(hosts);
            throw e;
        }
    }

    private static void save(Handle handle, Device device) {
        handle.execute(
                "INSERT OR REPLACE INTO device (host, fields, last_heartbeat, draining) VALUES (?, ?, ?, ?)",
                device.host(),
                device.beat().fields().toString(),
                device.lastHeartbeat(),
                device.isDraining());
    }

    private static Device device(ResultSet row) throws SQLException {
        JsonNode fields = Json.tree(row.getString("fields"));
        return new Device(
                Heartbeat.of(row.getString("host"), (ObjectNode) fields),
                row.getString("last_heartbeat"),
                null,
                row.getBoolean("draining"));
    }

    /** Records the last reports. */
    @Override
    public void close() {
        record();
    }
}

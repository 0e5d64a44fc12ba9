package io.synapse.sdk.embedded.internal.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Docker container in the agent's words. Docker says the same in two ways: in its list, and for a single one. */
final class DockerDocument {
    private DockerDocument() {}

    /** A container as Docker lists it. */
    static Map<String, @Nullable Object> ofListed(Map<String, Object> listed) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("id", listed.get("Id"));
        document.put(
                "name", listed.get("Names") instanceof List<?> names && !names.isEmpty() ? name(names.get(0)) : null);
        document.put("image", listed.get("Image"));
        document.put("state", listed.get("State"));
        document.put("status", listed.get("Status"));
        document.put("ports", listedPorts(listed.get("Ports")));
        document.put("labels", listed.get("Labels"));
        document.put(
                "created",
                listed.get("Created") instanceof Number seconds
                        ? Instant.ofEpochSecond(seconds.longValue()).toString()
                        : null);
        return document;
    }

    /** A single container, with the whole inspection. */
    static Map<String, @Nullable Object> ofInspected(Map<String, Object> inspected) {
        Map<?, ?> config = object(inspected.get("Config"));
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("id", inspected.get("Id"));
        document.put("name", name(inspected.get("Name")));
        document.put("image", config.get("Image"));
        document.put("state", object(inspected.get("State")).get("Status"));
        document.put(
                "ports",
                inspectedPorts(object(object(inspected.get("NetworkSettings")).get("Ports"))));
        document.put("labels", config.get("Labels"));
        document.put("created", inspected.get("Created"));
        document.put("attrs", inspected);
        return document;
    }

    private static List<Map<String, @Nullable Object>> listedPorts(@Nullable Object listed) {
        List<Map<String, @Nullable Object>> ports = new ArrayList<>();
        if (listed instanceof List<?> all) {
            for (Object one : all) {
                Map<?, ?> port = object(one);
                ports.add(port(port.get("IP"), port.get("PrivatePort"), port.get("PublicPort"), port.get("Type")));
            }
        }
        return ports;
    }

    /** Keyed by port and protocol ({@code 7860/tcp}), each with the places where it is published, or null. */
    private static List<Map<String, @Nullable Object>> inspectedPorts(Map<?, ?> inspected) {
        List<Map<String, @Nullable Object>> ports = new ArrayList<>();
        inspected.forEach((key, published) -> {
            String[] parts = key.toString().split("/", 2);
            Integer inside = Integer.valueOf(parts[0]);
            if (published instanceof List<?> places && !places.isEmpty()) {
                for (Object place : places) {
                    Map<?, ?> outside = object(place);
                    Integer port = Integer.valueOf(String.valueOf(outside.get("HostPort")));
                    ports.add(port(outside.get("HostIp"), inside, port, parts[1]));
                }
            } else {
                ports.add(port(null, inside, null, parts[1]));
            }
        });
        return ports;
    }

    private static Map<String, @Nullable Object> port(
            @Nullable Object address, @Nullable Object inside, @Nullable Object outside, @Nullable Object protocol) {
        Map<String, @Nullable Object> port = new LinkedHashMap<>();
        port.put("ip", address);
        port.put("private_port", inside);
        port.put("public_port", outside);
        port.put("type", protocol);
        return port;
    }

    private static @Nullable String name(@Nullable Object docker) {
        return docker == null ? null : docker.toString().replaceFirst("^/", "");
    }

    private static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}

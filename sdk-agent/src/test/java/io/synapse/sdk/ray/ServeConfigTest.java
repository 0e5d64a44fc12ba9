package io.synapse.sdk.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.serve.DeploymentConfig;
import io.synapse.sdk.serve.ServeApplicationConfig;
import io.synapse.sdk.serve.ServeConfig;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations that Ray would refuse, ignore, or fail with later are refused before anything is sent. */
class ServeConfigTest {
    private static final ServeApplicationConfig A = ServeApplicationConfig.of("a", "module:app");
    private static final DeploymentConfig MODEL = DeploymentConfig.of("Model");

    static Stream<ThrowingCallable> refused() {
        return Stream.of(
                () -> ServeApplicationConfig.of("", "module:app"),
                () -> DeploymentConfig.of(""),
                () -> ServeConfig.of(A, A.routePrefix("/other")),
                () -> ServeConfig.of(A, ServeApplicationConfig.of("b", "module:app")),
                () -> ServeConfig.of(A.routePrefix("/x"))
                        .application(ServeApplicationConfig.of("b", "m:a").routePrefix("/x")),
                () -> ServeConfig.of().with("applications", List.of()),
                () -> ServeConfig.of().http("127.0.0.1", 65536),
                () -> ServeConfig.of().targetCapacity(100.5),
                () -> ServeConfig.of().targetCapacity(Double.NaN),
                () -> MODEL.numReplicas(0),
                () -> MODEL.maxOngoingRequests(0),
                () -> MODEL.maxQueuedRequests(-2),
                () -> MODEL.maxReplicasPerNode(0),
                () -> MODEL.healthCheckPeriod(Duration.ofMillis(-1)));
    }

    @ParameterizedTest
    @MethodSource
    void refused(ThrowingCallable making) {
        assertThatThrownBy(making).isInstanceOf(BadRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "module", ":app", "module:", "a:b:c", ".app", "module."})
    void anImportPathNamesAModuleAndSomethingInIt(String path) {
        assertThatThrownBy(() -> ServeApplicationConfig.of("a", path)).isInstanceOf(BadRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "/x/", "//", "/{id}", "/x}"})
    void aRoutePrefixIsAPathWithoutItsEnd(String route) {
        assertThatThrownBy(() -> A.routePrefix(route)).isInstanceOf(BadRequestException.class);
    }

    @Test
    void whatRayTakesIsTaken() {
        assertThatNoException().isThrownBy(() -> {
            ServeConfig.of(
                    A.routePrefix(null),
                    ServeApplicationConfig.of("b", "package.module.app").routePrefix(null),
                    ServeApplicationConfig.of("c", "package.module:app"),
                    ServeApplicationConfig.of("d", "m:a").routePrefix("/v1/d-_.~"));
            ServeApplicationConfig.of("a", "m:a").routePrefix("/");
        });
    }

    @Test
    void anApplicationOrDeploymentTakesThePlaceOfTheOneOfItsName() {
        ServeApplicationConfig twice = A.deployment(MODEL.numReplicas(1))
                .deployment(DeploymentConfig.of("Other"))
                .deployment(MODEL.autoscaling().numCpus(0.5).numGpus(1).healthCheckPeriod(Duration.ofMillis(1500)));

        assertThat(twice.properties().get("deployments"))
                .isEqualTo(List.of(
                        Map.of("name", "Other"),
                        Map.of(
                                "name",
                                "Model",
                                "num_replicas",
                                "auto",
                                "ray_actor_options",
                                Map.of("num_cpus", 0.5, "num_gpus", 1.0),
                                "health_check_period_s",
                                1.5)));
        assertThat(ServeConfig.of(A).application(twice).applications()).containsExactly(twice);
    }

    @Test
    void whatIsTakenOutMayBeDeleted() {
        ServeConfig without = ServeConfig.of(A).without("a");

        assertThat(without.applications()).isEmpty();
        assertThat(without.removable()).containsExactly("a");
        assertThat(without.replacesAll()).isFalse();
    }

    @Test
    void whatRayAloneCanDoHasATwin() throws NoSuchMethodException {
        Method[] operations = ServeDeploymentOperations.class.getDeclaredMethods();
        for (Method operation : operations) {
            Method twin = AsyncRayClient.class.getMethod(operation.getName(), operation.getParameterTypes());
            Class<?> result = operation.getReturnType() == void.class ? Void.class : operation.getReturnType();
            assertThat(twin.getGenericReturnType().getTypeName()).contains("<" + result.getName() + ">");
        }
        assertThat(AsyncServeDeploymentOperations.class.getDeclaredMethods()).hasSameSizeAs(Arrays.asList(operations));
    }
}

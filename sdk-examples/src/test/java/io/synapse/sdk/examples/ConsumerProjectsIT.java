package io.synapse.sdk.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The SDK works in projects that have other libraries beside it, in the versions that Maven then chooses: the projects are
 * in {@code src/test/consumers} and import the SDK's bill of materials. The SDK is in the local repository as long as the
 * test runs, under a version of its own.
 */
@Timeout(600)
@Tag("one-jdk")
class ConsumerProjectsIT {
    private static final Path SOURCES = Path.of("src", "test", "consumers");
    private static final List<String> ARTIFACTS = List.of(
            "sdk-parent",
            "sdk-bom",
            "sdk-core",
            "sdk-agent",
            "sdk-docker",
            "sdk-embedded",
            "sdk-experiments",
            "sdk-testkit");
    private static final String MAVEN = System.getProperty("synapse.maven.home", "");
    private static final String REPOSITORY = System.getProperty("synapse.maven.repository", "");
    private static final String PASSWORD = "password";

    @TempDir
    private static Path folder;

    private static Path group = Path.of("");
    private static String version = "";
    private static Run resolved = new Run(0, "");

    private record Run(int exitCode, String output) {}

    @BeforeAll
    static void resolve() throws IOException, InterruptedException {
        assumeTrue(!MAVEN.isEmpty(), "not run by Maven: the system property synapse.maven.home names none");
        group = Path.of(REPOSITORY, "io", "synapse");
        install();
        copyProjects();
        resolved = resolve("pom.xml");
        run(
                java("keytool"),
                ("-genkeypair -alias local -keyalg RSA -dname CN=localhost -ext san=ip:127.0.0.1 -storetype PKCS12"
                                + " -keystore keys -storepass " + PASSWORD)
                        .split(" ", -1));
    }

    /** Has Maven write down the class path of a project, or of all that are its modules. */
    private static Run resolve(String project, String... properties) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "--batch-mode",
                "--no-transfer-progress",
                "--fail-at-end",
                "--file=" + project,
                "-Dmaven.repo.local=" + REPOSITORY,
                "-Dsdk.version=" + version));
        arguments.addAll(List.of(properties));
        arguments.add("validate");
        return run(Path.of(MAVEN, "bin", "mvn").toString(), arguments.toArray(String[]::new));
    }

    /** Puts the jars of this build where Maven looks for them. */
    private static void install() throws IOException {
        for (String jar : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            String name = Path.of(jar).getFileName().toString();
            for (String artifact : ARTIFACTS) {
                if (name.startsWith(artifact + "-")) {
                    String built = name.substring(artifact.length() + 1, name.length() - ".jar".length());
                    version = built + "-consumers-" + ProcessHandle.current().pid();
                    installPom(artifact, Path.of("..", artifact, "pom.xml"), built);
                    installPom("sdk-parent", Path.of("..", "pom.xml"), built);
                    installPom("sdk-bom", Path.of("..", "sdk-bom", "pom.xml"), built);
                    Files.copy(Path.of(jar), place(artifact, "jar"));
                }
            }
        }
    }

    private static void installPom(String artifact, Path pom, String built) throws IOException {
        Path place = place(artifact, "pom");
        Files.createDirectories(place.getParent());
        Files.writeString(place, Files.readString(pom).replace(built, version));
    }

    private static Path place(String artifact, String extension) {
        return group.resolve(artifact).resolve(version).resolve(artifact + "-" + version + "." + extension);
    }

    private static void copyProjects() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(SOURCES.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @AfterAll
    static void uninstall() throws IOException {
        for (String artifact : version.isEmpty() ? List.<String>of() : ARTIFACTS) {
            try (Stream<Path> files = Files.walk(group.resolve(artifact).resolve(version))) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            deleteIfEmpty(group.resolve(artifact));
        }
        deleteIfEmpty(group);
    }

    private static void deleteIfEmpty(Path path) throws IOException {
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            // somebody has installed the SDK
        }
    }

    /** Of the project "converging" the enforcer's rule of convergence is part of this. */
    @Test
    void mavenResolvesEach() {
        assertThat(resolved.exitCode()).as(resolved.output()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            okhttp4-first; OkHttp4;        okhttp-4.12.0.jar: 200
            okhttp4-last;  OkHttp4;        okhttp-4.12.0.jar: 200
            minio-openai;  MinioAndOpenAi; minio: true,openai: model
            spring-boot-3; HttpClient5;    httpcore5-5.3.6.jar: 200
            """)
    void theSdkAndTheOthersWork(String project, String program, String others)
            throws IOException, InterruptedException {
        Run run = compileAndRun(project, program, "Local");

        assertThat(run.output().lines())
                .contains("sdk: SUCCEEDED SUCCEEDED [one, two]")
                .contains(others.split(",", -1));
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    /** The oldest version of JUnit that the test kit supports, the newest 5, and the one that all tests here use. */
    static List<String> versionsOfJUnit() {
        return List.of("5.10.5", "5.14.4", System.getProperty("synapse.junit.version"));
    }

    @ParameterizedTest
    @MethodSource("versionsOfJUnit")
    void theTestKitWorksWith(String junit) throws IOException, InterruptedException {
        Run resolution = resolve("testkit/pom.xml", "-Dconsumer.junit.version=" + junit);
        assertThat(resolution.exitCode()).as(resolution.output()).isZero();

        Run run = compileAndRun("testkit", "TestKit");

        assertThat(run.output().lines())
                .contains("junit-jupiter-api-" + junit + ".jar: 4 succeeded, 0 failed")
                .contains("all closed");
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    /** Compiles a program, and others that it uses, on the class path of a project, and runs it there. */
    private static Run compileAndRun(String project, String program, String... others)
            throws IOException, InterruptedException {
        Path classes = folder.resolve(project).resolve("classes");
        String classPath = classes
                + File.pathSeparator
                + Files.readString(folder.resolve(project).resolve("class-path.txt"));
        List<String> compilation =
                new ArrayList<>(List.of("--release", "17", "-cp", classPath, "-d", classes.toString()));
        Stream.concat(Stream.of(program), Stream.of(others))
                .map(name -> SOURCES.resolve("programs/" + name + ".java").toString())
                .forEach(compilation::add);
        int errors = ToolProvider.getSystemJavaCompiler().run(null, null, null, compilation.toArray(String[]::new));
        assertThat(errors).isZero();

        return run(
                java("java"),
                "-Djavax.net.ssl.keyStore=keys",
                "-Djavax.net.ssl.keyStorePassword=" + PASSWORD,
                "-Djavax.net.ssl.trustStore=keys",
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                "-cp",
                classPath,
                program);
    }

    private static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private static Run run(String program, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(program).directory(folder.toFile());
        builder.command().addAll(List.of(arguments));
        // MinIO trusts only whom these name.
        builder.environment().keySet().removeAll(List.of("SSL_CERT_FILE", "SSL_CERT_DIR"));
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}

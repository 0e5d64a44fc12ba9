package io.synapse.sdk.embedded.internal.job;

import io.synapse.sdk.embedded.internal.FileTree;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The folder of one job: its log, and what run-job.sh puts on record.
 *
 * @param directory the folder
 */
record JobFiles(Path directory) {
    private static final int LAST_LINES = 10;
    private static final int LAST_CHARACTERS = 20_000;
    private static final String WITHDRAWN = "withdrawn";

    /**
     * How a job's process ended.
     *
     * @param exitCode its exit code; 128 and more: ended by the signal that is more
     * @param time when
     */
    record Exit(int exitCode, Instant time) {}

    Path log() {
        return directory.resolve("log");
    }

    /** The process that runs the job; empty before it has started. */
    Optional<ProcessIdentity> claim() throws IOException {
        return read("claim").filter(claim -> !claim.equals(WITHDRAWN)).map(ProcessIdentity::parse);
    }

    /** Takes the claim, if no process has: then none will ever run the job. Says whether that is so. */
    boolean withdraw() throws IOException {
        try {
            create();
            Files.writeString(directory.resolve("claim"), WITHDRAWN, StandardOpenOption.CREATE_NEW);
            return true;
        } catch (FileAlreadyExistsException e) {
            return claim().isEmpty();
        }
    }

    /** How the job ended; empty before. */
    Optional<Exit> exit() throws IOException {
        return read("exit").map(line -> {
            String[] words = line.strip().split(" ");
            return new Exit(Integer.parseInt(words[0]), Instant.ofEpochMilli(Long.parseLong(words[1])));
        });
    }

    /** The end of the log: ten lines, and not more than 20,000 characters; empty when there is none. */
    String lastLines() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "r")) {
            long from = Math.max(0, file.length() - 4L * LAST_CHARACTERS);
            byte[] end = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
            String last = String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
            return last.length() <= LAST_CHARACTERS ? last : last.substring(last.length() - LAST_CHARACTERS);
        } catch (FileNotFoundException e) {
            return "";
        }
    }

    /** Says what the job is to do. */
    void writeScript(String text) throws IOException {
        Files.writeString(directory.resolve("job.sh"), text);
    }

    /** Says which Python packages are to be installed before. */
    void writeRequirements(List<String> lines) throws IOException {
        Files.write(directory.resolve("requirements.txt"), lines);
    }

    /**
     * Takes a folder away from where it is; from now on it is deleted with the job.
     *
     * @return where it is now
     */
    Path adopt(Path folder) throws IOException {
        delete(); // what a submission under the same id has left that never came on record
        create();
        return Files.move(folder, directory.resolve("files"), StandardCopyOption.ATOMIC_MOVE);
    }

    void create() throws IOException {
        Files.createDirectories(directory);
    }

    void delete() throws IOException {
        FileTree.delete(directory);
    }

    private Optional<String> read(String name) throws IOException {
        try {
            return Optional.of(Files.readString(directory.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}

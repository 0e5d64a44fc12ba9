package io.synapse.sdk.embedded.internal.job;

import io.synapse.sdk.embedded.internal.OwnerOnly;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of one job: its log, and what run-job.sh puts on record.
 *
 * @param directory the folder
 */
record JobFiles(Path directory) {
    private static final int LAST_LINES = 10;
    private static final int LAST_CHARACTERS = 20_000;
    private static final String CLAIM = "claim";
    private static final String EXIT = "exit";
    private static final String WITHDRAWN = "withdrawn";

    /** As run-job.sh writes it at the end of the job. */
    private static final Pattern ENDED = Pattern.compile("(\\d{1,3}) (?:ended|(\\d{1,18}))");

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

    /** The process that runs the job; empty before it has started, and when what is on record cannot be read. */
    Optional<ProcessIdentity> claim() throws IOException {
        return read(CLAIM).flatMap(ProcessIdentity::parse);
    }

    /** Whether the record of the process that runs the job, or ran it, cannot be read. */
    boolean isClaimDamaged() throws IOException {
        Optional<String> claim = read(CLAIM);
        return claim.isPresent()
                && !claim.get().equals(WITHDRAWN)
                && claim.flatMap(ProcessIdentity::parse).isEmpty();
    }

    /** Whether a process has been started to run the job, or none ever will be. */
    boolean isClaimed() {
        return Files.exists(directory.resolve(CLAIM));
    }

    /** Whether the process that was to run the job ended before it could. */
    boolean isUnstarted() throws IOException {
        return read(EXIT).orElse("").strip().equals("not started");
    }

    /** Forgets the process that could not run the job: another may. */
    void forgetProcess() throws IOException {
        Files.deleteIfExists(directory.resolve(CLAIM));
        Files.deleteIfExists(directory.resolve(EXIT));
    }

    /** All processes of the job, whose leader is this. */
    JobMembers members(ProcessIdentity leader) throws IOException {
        return new JobMembers(leader, cgroup().orElse(null));
    }

    /** Removes the cgroup that the job had, unless something that it left runs in there. */
    void removeCgroup() throws IOException {
        cgroup().ifPresent(Cgroups::remove);
    }

    private Optional<Path> cgroup() throws IOException {
        return read("cgroup").map(String::strip).map(Path::of);
    }

    /** Takes the claim, if no process has: then none will ever run the job. Says whether that is so. */
    boolean withdraw() throws IOException {
        try {
            create();
            OwnerOnly.create(directory.resolve(CLAIM), WITHDRAWN);
            return true;
        } catch (FileAlreadyExistsException e) {
            return claim().isEmpty();
        }
    }

    /**
     * How the job ended; empty before, and when what is on record cannot be read. An earlier version of run-job.sh put the
     * time into the file.
     */
    Optional<Exit> exit() throws IOException {
        Matcher exit = ENDED.matcher(read(EXIT).orElse("").strip());
        if (!exit.matches()) {
            return Optional.empty();
        }
        Instant time = exit.group(2) == null
                ? Files.getLastModifiedTime(directory.resolve(EXIT)).toInstant()
                : Instant.ofEpochMilli(Long.parseLong(exit.group(2)));
        return Optional.of(new Exit(Integer.parseInt(exit.group(1)), time));
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
        OwnerOnly.write(directory.resolve("job.sh"), text);
    }

    /** Says which Python packages are to be installed before. */
    void writeRequirements(List<String> lines) throws IOException {
        OwnerOnly.write(directory.resolve("requirements.txt"), String.join("\n", lines) + "\n");
    }

    /**
     * Takes a folder away from where it is; from now on it is deleted with the job.
     *
     * @return where it is now
     */
    Path adopt(Path folder) throws IOException {
        create();
        return Files.move(folder, directory.resolve("files"), StandardCopyOption.ATOMIC_MOVE);
    }

    void create() throws IOException {
        OwnerOnly.folder(directory);
    }

    private Optional<String> read(String name) throws IOException {
        try {
            return Optional.of(Files.readString(directory.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}

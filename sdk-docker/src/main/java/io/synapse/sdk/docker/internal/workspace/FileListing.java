package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.workspace.FileInfo;
import io.synapse.sdk.workspace.FileInfo.Kind;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads the records of {@code stat} that {@code shell.sh} prints, each after a line end: {@code WORD MODE SIZE DATE TIME ZONE ./NAME}. */
final class FileListing {
    private static final int TYPE_MASK = 0xf000;
    private static final int DIRECTORY = 0x4000;
    private static final int REGULAR = 0x8000;
    private static final int LINK = 0xa000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.n]");

    private FileListing() {}

    /**
     * The files, in the order of their paths; without those that are being written.
     *
     * @param folder what they are in
     * @param word what each record begins with
     */
    static List<FileInfo> read(byte[] records, String folder, String word) {
        List<FileInfo> files = new ArrayList<>();
        String text = ShellText.text(records);
        String ended = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text; // of the last record
        String[] parts = ended.split("\n" + word + " ", -1);
        for (int index = 1; index < parts.length; index++) {
            FileInfo file = file(parts[index], folder);
            if (!TemporaryName.endsPath(file.path())) {
                files.add(file);
            }
        }
        files.sort(Comparator.comparing(FileInfo::path));
        return files;
    }

    private static FileInfo file(String record, String folder) {
        String[] fields = record.split(" ", 6);
        return new FileInfo(
                WorkspacePath.within(folder, fields[5]),
                kind(Integer.parseInt(fields[0], 16)),
                Long.parseLong(fields[1]),
                time(fields[2], fields[3]));
    }

    private static Kind kind(int mode) {
        return switch (mode & TYPE_MASK) {
            case REGULAR -> Kind.FILE;
            case DIRECTORY -> Kind.DIRECTORY;
            case LINK -> Kind.LINK;
            default -> Kind.OTHER;
        };
    }

    /** With nanoseconds in nine digits, or without. */
    private static Instant time(String date, String time) {
        return LocalDateTime.parse(date + " " + time, TIME).toInstant(ZoneOffset.UTC);
    }
}

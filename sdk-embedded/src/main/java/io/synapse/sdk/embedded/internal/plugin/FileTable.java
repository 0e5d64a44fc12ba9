package io.synapse.sdk.embedded.internal.plugin;

import io.synapse.sdk.embedded.internal.PrintableText;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of one plugin by their paths, each checked: relative, with single {@code /} between plain names, and none
 * that some machine would take for another, or that lies where another is. What stands in the way is refused.
 *
 * <p>Left out is what tools leave behind and no plugin needs: {@code .git}, {@code .venv}, {@code __pycache__},
 * {@code __MACOSX}, {@code .DS_Store}, with all that is in them.
 *
 * @param <T> where the content of a file is found
 */
final class FileTable<T> {
    private static final Set<String> LEFT_OUT = Set.of(".git", ".venv", "__pycache__", "__MACOSX", ".DS_Store");
    private static final String CONFIG = "config.yaml";
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_PATH = 1000;

    private final String place;
    private final SortedMap<String, T> files = new TreeMap<>();

    /** Every file by how a machine would see it that cares neither for case nor for how accents are written. */
    private final Map<String, String> seen = new HashMap<>();

    /** Those that were added, and those with files in them; not the ones around these. */
    private final Set<String> folders = new HashSet<>();

    /**
     * An empty table.
     *
     * @param place what the files are in, for sentences: "the archive"
     */
    FileTable(String place) {
        this.place = place;
    }

    /** Adds a file. */
    void addFile(String path, T content) {
        check(path);
        @Nullable String twin = seen.put(folded(path), path);
        if (path.equals(twin)) {
            throw refused(path, "is there twice");
        }
        if (twin != null) {
            throw refused(path, "and " + PrintableText.of(twin) + " would be one file on some machines");
        }
        folders.add(folded(parent(path)));
        files.put(path, content);
    }

    /** Adds a folder, which matters only where a file would lie in its place. */
    void addFolder(String path) {
        check(path);
        folders.add(folded(path));
    }

    /**
     * The files, by their paths in the plugin. When they all lie in one folder, as in archives of a folder, that folder
     * is no part of their paths.
     */
    SortedMap<String, T> files() {
        folders.forEach(this::checkFree);
        String wrapping = wrapping();
        SortedMap<String, T> inPlugin = new TreeMap<>();
        files.forEach((path, content) -> inPlugin.put(path.substring(wrapping.length()), content));
        return inPlugin;
    }

    /** Whether nobody wants it; the path is checked first, so that nothing hides in there. */
    boolean leavesOut(String path) {
        check(path);
        return List.of(path.split("/")).stream().anyMatch(LEFT_OUT::contains);
    }

    /** The refusal of one of the files. */
    RefusedException refused(String path, String problem) {
        return new RefusedException(400, PrintableText.of(path) + " in " + place + " " + problem);
    }

    /** Whether no file lies where this folder, or one around it, has to be. */
    private void checkFree(String foldedFolder) {
        for (String folder = foldedFolder; !folder.isEmpty(); folder = parent(folder)) {
            String file = seen.get(folder);
            if (file != null) {
                throw refused(file, "is a file and a folder at once");
            }
        }
    }

    private String wrapping() {
        if (files.isEmpty() || files.containsKey(CONFIG)) {
            return "";
        }
        String first = files.firstKey();
        String folder = first.substring(0, first.indexOf('/') + 1);
        return files.keySet().stream().allMatch(path -> path.startsWith(folder)) ? folder : "";
    }

    private void check(String path) {
        if (!PrintableText.isPrintable(path)) {
            throw refused(
                    path,
                    "has a name with control characters, with others that cannot be seen, or one that is not UTF-8");
        }
        if (path.indexOf('\\') >= 0) {
            throw refused(path, "has a backslash in its name; folders are divided by /");
        }
        if (path.startsWith("/") || path.matches("[A-Za-z]:.*")) {
            throw refused(path, "has an absolute path; paths must be relative");
        }
        if (path.length() > LONGEST_PATH) {
            throw refused(path, "has a path of more than " + LONGEST_PATH + " characters");
        }
        for (String name : path.split("/", -1)) {
            checkName(path, name);
        }
    }

    private void checkName(String path, String name) {
        if (name.equals("..")) {
            throw refused(path, "leads outside of it");
        }
        if (name.isEmpty() || name.equals(".")) {
            throw refused(path, "has a path with an empty name or a single dot in it");
        }
        if (!isFileName(name)) {
            throw refused(path, "has a name that this machine cannot give to a file");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw refused(path, "has a name of more than " + LONGEST_NAME + " bytes");
        }
    }

    /** Depends on the system, and on Linux on the locale. */
    private static boolean isFileName(String name) {
        try {
            return Path.of(name).getNameCount() == 1;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static String folded(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}

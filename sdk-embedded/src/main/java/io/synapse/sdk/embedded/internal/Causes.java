package io.synapse.sdk.embedded.internal;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Why something failed, where libraries wrap it in failures of their own. */
public final class Causes {
    /** The part of a result code that is common to its variants. */
    private static final int PRIMARY_CODE = 0xff;

    private static final int BUSY = SQLiteErrorCode.SQLITE_BUSY.code;

    private Causes() {}

    /** The message of the first cause. */
    public static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** What is wrong with a form that cannot be read: Jetty says so as the cause of something else. */
    public static Optional<String> faultOfForm(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException bad && bad.getCode() / 100 == 4) {
                return Optional.of(rootMessage(failure));
            }
        }
        return Optional.empty();
    }

    /** Whether it failed because another program has locked the database for too long. */
    public static boolean isDatabaseLocked(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException database && (database.getResultCode().code & PRIMARY_CODE) == BUSY) {
                return true;
            }
        }
        return false;
    }

    /** Whether it failed for want of room on a disk. */
    public static boolean isDiskFull(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof SQLiteException database && database.getResultCode() == SQLiteErrorCode.SQLITE_FULL
                    || cause instanceof IOException
                            && (message.contains("No space left on device")
                                    || message.contains("Disk quota exceeded"))) {
                return true;
            }
        }
        return false;
    }
}

package io.synapse.sdk.embedded.internal.plugin;

/**
 * How large a plugin may be. Far beyond any real one; they keep a hostile archive from filling disk or memory.
 *
 * @param archiveBytes of an archive, as it is uploaded
 * @param entries files and folders in it
 * @param unpackedBytes of all files together
 * @param ratio how many times its own size an archive may unpack to, beyond the first 10 MiB
 */
record Limits(long archiveBytes, int entries, long unpackedBytes, long ratio) {
    static final Limits STANDARD = new Limits(100L << 20, 10_000, 512L << 20, 100);

    /** A few small files of blanks compress better than the ratio, and do no harm. */
    private static final long BEYOND_DOUBT = 10L << 20;

    /** More than one takes on average in an archive's table of contents, with a name of some length. */
    private static final long ENTRY_BYTES = 400;

    /** What reading a folder may take; {@code place} is for the sentence. */
    Budget forFolder(String place) {
        return new Budget(unpackedBytes, place + " holds more than " + size(unpackedBytes));
    }

    /** What unpacking an archive of this size may take. */
    Budget forArchive(String place, long size) {
        long byRatio = Math.max(BEYOND_DOUBT, ratio * size);
        return byRatio < unpackedBytes
                ? new Budget(byRatio, place + " unpacks to more than " + ratio + " times its size")
                : new Budget(unpackedBytes, place + " unpacks to more than " + size(unpackedBytes));
    }

    /** What looking into an archive may take, before anything is unpacked: each entry needs memory. */
    Budget forContents(String place) {
        return new Budget((1 << 20) + ENTRY_BYTES * entries, tooMany(place) + ", or names that are too long");
    }

    /** A sentence: there are more files and folders than there may be. */
    String tooMany(String place) {
        return place + " has more than " + entries + " files and folders in it";
    }

    /** What an upload may take. */
    Budget forUpload(String place) {
        return new Budget(archiveBytes, place + " is larger than " + size(archiveBytes));
    }

    private static String size(long bytes) {
        return bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : bytes + " bytes";
    }
}

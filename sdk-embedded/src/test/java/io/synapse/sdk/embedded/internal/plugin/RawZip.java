package io.synapse.sdk.embedded.internal.plugin;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zips byte by byte, for no library writes such as ours must refuse. */
final class RawZip {
    static final int PLAIN_FILE = 0100644;
    static final int FOLDER = 0040755;
    static final int LINK = 0120777;
    static final int FIFO = 0010644;
    static final int ENCRYPTED = 1;
    private static final int UTF_8 = 1 << 11;
    private static final int MADE_ON_UNIX = 3 << 8;
    private static final int DEFLATED = 8;

    private final List<Entry> entries = new ArrayList<>();

    /**
     * What an archive says of an entry, and what is in there: both as they are given, fitting or not.
     *
     * @param mode the Unix mode; 0 for none
     * @param size what it says is the size of its unpacked content
     */
    record Entry(byte[] name, int mode, int flags, int method, long checksum, long size, byte[] packed) {
        static Entry of(String name, byte[] content, int mode) {
            CRC32 checksum = new CRC32();
            checksum.update(content);
            byte[] packed = deflated(content);
            return new Entry(
                    name.getBytes(StandardCharsets.UTF_8),
                    mode,
                    UTF_8,
                    DEFLATED,
                    checksum.getValue(),
                    content.length,
                    packed);
        }

        Entry flagged(int more) {
            return new Entry(name, mode, flags | more, method, checksum, size, packed);
        }

        Entry named(byte[] other) {
            return new Entry(other, mode, flags & ~UTF_8, method, checksum, size, packed);
        }

        Entry method(int other) {
            return new Entry(name, mode, flags, other, checksum, size, packed);
        }

        Entry sayingSize(long said) {
            return new Entry(name, mode, flags, method, checksum, said, packed);
        }

        Entry sayingChecksum(long said) {
            return new Entry(name, mode, flags, method, said, size, packed);
        }

        Entry packed(byte[] other) {
            return new Entry(name, mode, flags, method, checksum, size, other);
        }
    }

    RawZip file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    RawZip file(String name, byte[] content) {
        return with(Entry.of(name, content, PLAIN_FILE));
    }

    RawZip special(String name, int mode, String content) {
        return with(Entry.of(name, content.getBytes(StandardCharsets.UTF_8), mode));
    }

    RawZip with(Entry entry) {
        entries.add(entry);
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        ByteArrayOutputStream contents = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            contents.writeBytes(inContents(entry, archive.size()));
            archive.writeBytes(header(entry));
            archive.writeBytes(entry.packed());
        }
        int start = archive.size();
        archive.writeBytes(contents.toByteArray());
        archive.writeBytes(little(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) entries.size())
                .putShort((short) entries.size())
                .putInt(contents.size())
                .putInt(start)
                .putShort((short) 0)
                .array());
        return archive.toByteArray();
    }

    private static byte[] header(Entry entry) {
        ByteBuffer header = little(30 + entry.name().length).putInt(0x04034b50).putShort((short) 20);
        common(header, entry);
        return header.put(entry.name()).array();
    }

    private static byte[] inContents(Entry entry, int offset) {
        ByteBuffer line = little(46 + entry.name().length)
                .putInt(0x02014b50)
                .putShort((short) (MADE_ON_UNIX | 20))
                .putShort((short) 20);
        common(line, entry);
        line.putShort((short) 0).putShort((short) 0).putShort((short) 0); // no comment, first disk, not text
        return line.putInt(entry.mode() << 16).putInt(offset).put(entry.name()).array();
    }

    private static void common(ByteBuffer target, Entry entry) {
        target.putShort((short) entry.flags())
                .putShort((short) entry.method())
                .putShort((short) 0)
                .putShort((short) 0x21) // midnight of 1 January 1980, the first that a zip can say
                .putInt((int) entry.checksum())
                .putInt(entry.packed().length)
                .putInt((int) entry.size())
                .putShort((short) entry.name().length)
                .putShort((short) 0);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(content);
            deflater.finish();
            byte[] buffer = new byte[8192];
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            while (!deflater.finished()) {
                packed.write(buffer, 0, deflater.deflate(buffer));
            }
            return packed.toByteArray();
        } finally {
            deflater.end();
        }
    }
}

package alexnet.core.data.archive.tar;

import java.nio.charset.StandardCharsets;

/** What headers of their own, pax's or GNU's, say of the entry that follows. */
final class TarNames {

    private String path;
    private long size = -1;
    private boolean sparse;
    private boolean said;

    /** GNU's: the name, ended by a zero. */
    void longName(byte[] bytes) {
        said = true;
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        path = new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /**
     * Those of pax: records of {@code length key=value} and a line feed.
     *
     * @throws IllegalArgumentException if they are damaged
     */
    void pax(byte[] bytes) {
        said = true;
        int begin = 0;
        while (begin < bytes.length && bytes[begin] != 0) {
            int space = begin;
            while (space < bytes.length && bytes[space] >= '0' && bytes[space] <= '9') {
                space++;
            }
            if (space == begin || space - begin > 8 || space == bytes.length || bytes[space] != ' ') {
                throw new IllegalArgumentException("a pax record has no length");
            }
            int length = Integer.parseInt(text(bytes, begin, space));
            if (length <= space - begin + 1 || length > bytes.length - begin || bytes[begin + length - 1] != '\n') {
                throw new IllegalArgumentException("a pax record of " + length + " bytes");
            }
            String record = text(bytes, space + 1, begin + length - 1);
            int equals = record.indexOf('=');
            if (equals > 0) {
                set(record.substring(0, equals), record.substring(equals + 1));
            }
            begin += length;
        }
    }

    private void set(String key, String value) {
        switch (key) {
            case "path" -> path = value;
            case "size" -> {
                if (!value.matches("\\d{1,18}")) {
                    throw new IllegalArgumentException("a size of \"" + value.substring(0, Math.min(20, value.length())).replaceAll("\\p{Cntrl}", "_") + "\"");
                }
                size = Long.parseLong(value);
            }
            default -> sparse |= key.startsWith("GNU.sparse.");
        }
    }

    private static String text(byte[] bytes, int begin, int end) {
        return new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
    }

    String name(String inHeader) {
        return path == null ? inHeader : path;
    }

    long size(long inHeader) {
        return size < 0 ? inHeader : size;
    }

    /** Whether the entry is stored without its holes. */
    boolean sparse() {
        return sparse;
    }

    /** Whether there was such a header. */
    boolean areSaid() {
        return said;
    }
}

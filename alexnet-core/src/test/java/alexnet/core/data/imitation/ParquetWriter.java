package alexnet.core.data.imitation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes a Parquet file as Hugging Face's sets of images are: {@code image: struct<bytes: binary, path: string>, label: int64},
 * row groups of {@value #GROUP}, a plain page a column, and snappy that does not compress.
 */
public final class ParquetWriter implements AutoCloseable {

    public static final int GROUP = 100;

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int INT64 = 2;
    private static final int BYTE_ARRAY = 6;
    private static final int OPTIONAL = 1;
    private static final int UTF8 = 0;
    private static final int PLAIN = 0;
    private static final int RLE = 3;
    private static final int SNAPPY = 1;

    private final OutputStream output;
    private final String classes;
    private final List<byte[]> groups = new ArrayList<>();
    private final ByteArrayOutputStream images = new ByteArrayOutputStream();
    private final ByteArrayOutputStream paths = new ByteArrayOutputStream();
    private final ByteArrayOutputStream labels = new ByteArrayOutputStream();
    private long position;
    private long rows;
    private int inGroup;
    private int claimed = -1;

    /**
     * Begins a file.
     *
     * @param words the names of the classes in the order of their labels, as the file's metadata tells them
     */
    public ParquetWriter(Path file, List<String> words) throws IOException {
        output = Files.newOutputStream(file);
        classes = "{\"info\": {\"features\": {\"image\": {\"_type\": \"Image\"}, \"label\": {\"names\": [\"" + String.join("\", \"", words)
                + "\"], \"_type\": \"ClassLabel\"}}}}";
        write(MAGIC);
    }

    /** A file of a row whose pages say to be {@code size} bytes when they are unpacked. */
    static void bomb(Path file, int size) throws IOException {
        try (ParquetWriter writer = new ParquetWriter(file, List.of("one", "two"))) {
            writer.claimed = size;
            writer.add(new byte[100], "n00000001_1.JPEG", 0);
        }
    }

    /** Adds a row. */
    public void add(byte[] image, String path, int label) throws IOException {
        binary(images, image);
        binary(paths, path.getBytes(StandardCharsets.UTF_8));
        labels.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(label).array());
        if (++inGroup == GROUP) {
            endGroup();
        }
    }

    private static void binary(ByteArrayOutputStream column, byte[] bytes) {
        column.writeBytes(little(bytes.length));
        column.writeBytes(bytes);
    }

    private static byte[] little(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }

    private void endGroup() throws IOException {
        if (inGroup == 0) {
            return;
        }
        List<byte[]> columns = new ArrayList<>();
        long begin = position;
        columns.add(column(images, BYTE_ARRAY, 2, "image", "bytes"));
        columns.add(column(paths, BYTE_ARRAY, 2, "image", "path"));
        columns.add(column(labels, INT64, 1, "label"));
        long bytes = position - begin;
        int count = inGroup;
        groups.add(Thrift.struct(group -> group.structs(1, columns).i64(2, bytes).i64(3, count)));
        rows += inGroup;
        inGroup = 0;
    }

    private byte[] column(ByteArrayOutputStream values, int type, int level, String... path) throws IOException {
        var levels = new ByteArrayOutputStream();
        Thrift.writeVarint(levels, (long) inGroup << 1);
        levels.write(level);
        var page = new ByteArrayOutputStream();
        page.writeBytes(little(levels.size()));
        page.writeBytes(levels.toByteArray());
        page.writeBytes(values.toByteArray());
        values.reset();
        byte[] packed = snappy(page.toByteArray(), claimed < 0 ? page.size() : claimed);
        int unpacked = claimed < 0 ? page.size() : claimed;
        int count = inGroup;
        byte[] header = Thrift.struct(fields -> fields.i32(1, 0).i32(2, unpacked).i32(3, packed.length)
                .struct(5, data -> data.i32(1, count).i32(2, PLAIN).i32(3, RLE).i32(4, RLE)));
        long begin = position;
        write(header);
        write(packed);
        return Thrift.struct(chunk -> chunk.i64(2, begin).struct(3, data -> data.i32(1, type).i32s(2, PLAIN, RLE).texts(3, List.of(path))
                .i32(4, SNAPPY).i64(5, count).i64(6, (long) header.length + unpacked).i64(7, (long) header.length + packed.length).i64(9, begin)));
    }

    /** The format without what makes it small: its length, then literals. */
    private static byte[] snappy(byte[] bytes, int claimed) {
        var packed = new ByteArrayOutputStream();
        Thrift.writeVarint(packed, claimed);
        for (int from = 0; from < bytes.length; from += 1 << 16) {
            int length = Math.min(1 << 16, bytes.length - from);
            packed.write(61 << 2);
            packed.write(length - 1);
            packed.write(length - 1 >> 8);
            packed.write(bytes, from, length);
        }
        return packed.toByteArray();
    }

    private void write(byte[] bytes) throws IOException {
        output.write(bytes);
        position += bytes.length;
    }

    @Override
    public void close() throws IOException {
        try (output) {
            endGroup();
            byte[] footer = Thrift.struct(file -> file.i32(1, 1).structs(2, List.of(
                    element(root -> root.text(4, "schema").i32(5, 2)),
                    element(image -> image.i32(3, OPTIONAL).text(4, "image").i32(5, 2)),
                    element(bytes -> bytes.i32(1, BYTE_ARRAY).i32(3, OPTIONAL).text(4, "bytes")),
                    element(path -> path.i32(1, BYTE_ARRAY).i32(3, OPTIONAL).text(4, "path").i32(6, UTF8)),
                    element(label -> label.i32(1, INT64).i32(3, OPTIONAL).text(4, "label"))))
                    .i64(3, rows).structs(4, groups)
                    .structs(5, List.of(Thrift.struct(pair -> pair.text(1, "huggingface").text(2, classes))))
                    .text(6, "imitation"));
            write(footer);
            write(little(footer.length));
            write(MAGIC);
        }
    }

    private static byte[] element(Consumer<Thrift> fields) {
        return Thrift.struct(fields);
    }
}

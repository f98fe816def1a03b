package alexnet.core.data.archive.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

import org.xerial.snappy.Snappy;

/**
 * Writes small parquet files as Hugging Face's library lays them out, and broken ones. All values are plain, one page a column and row
 * group; see parquet.thrift of the format.
 */
final class TestParquet {

    /** A row; anything may be null. */
    record Row(byte[] bytes, String path, Long label) {
    }

    private static final int BYTE_ARRAY = 6;
    private static final int INT64 = 2;
    private static final String MAGIC = "PAR1";

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final List<Row> rows = new ArrayList<>();
    private int codec;
    private int rowsInGroup = 2;
    private int claimed = -1;
    private long claimedRows = -1;
    private String imageName = "image";
    private String metadata = "";

    TestParquet row(byte[] bytes, String path, long label) {
        return row(new Row(bytes, path, label));
    }

    TestParquet row(Row row) {
        rows.add(row);
        return this;
    }

    /** 0 for none, 1 for Snappy, 2 for gzip. */
    TestParquet codec(int value) {
        codec = value;
        return this;
    }

    TestParquet rowsInGroup(int value) {
        rowsInGroup = value;
        return this;
    }

    /** Lets every page say that it is of this size when it is decompressed. */
    TestParquet claimedPageSize(int bytes) {
        claimed = bytes;
        return this;
    }

    /** Lets every row group say that it has so many rows. */
    TestParquet claimedRows(long count) {
        claimedRows = count;
        return this;
    }

    TestParquet imageColumn(String name) {
        imageName = name;
        return this;
    }

    /** What the labels stand for. */
    TestParquet classes(String... names) {
        metadata = "{\"info\":{\"features\":{\"image\":{\"_type\":\"Image\"},\"label\":{\"names\":[\"" + String.join("\",\"", names)
                + "\"],\"_type\":\"ClassLabel\"}}}}";
        return this;
    }

    Path write(Path path) throws IOException {
        Files.createDirectories(path.getParent());
        return Files.write(path, bytes());
    }

    byte[] bytes() throws IOException {
        ascii(MAGIC);
        List<Thrift> groups = new ArrayList<>();
        for (int begin = 0; begin < rows.size(); begin += rowsInGroup) {
            groups.add(group(rows.subList(begin, Math.min(rows.size(), begin + rowsInGroup))));
        }
        Thrift pair = new Thrift().string(1, "huggingface").string(2, metadata);
        Thrift footer = new Thrift().number(1, 1).structs(2, List.of(
                new Thrift().string(4, "schema").number(5, 2),
                new Thrift().number(3, 1).string(4, imageName).number(5, 2),
                new Thrift().number(1, BYTE_ARRAY).number(3, 1).string(4, "bytes"),
                new Thrift().number(1, BYTE_ARRAY).number(3, 1).string(4, "path").number(6, 0),
                new Thrift().number(1, INT64).number(3, 1).string(4, "label")))
                .longNumber(3, claimedRows < 0 ? rows.size() : claimedRows * groups.size()).structs(4, groups);
        if (!metadata.isEmpty()) {
            footer.structs(5, List.of(pair));
        }
        byte[] end = footer.bytes();
        file.writeBytes(end);
        file.writeBytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(end.length).array());
        ascii(MAGIC);
        return file.toByteArray();
    }

    private void ascii(String text) {
        file.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private Thrift group(List<Row> group) throws IOException {
        Thrift bytes = chunk(group, BYTE_ARRAY, List.of(imageName, "bytes"), 2, row -> row.bytes == null ? null : prefixed(row.bytes));
        Thrift path = chunk(group, BYTE_ARRAY, List.of(imageName, "path"), 2,
                row -> row.path == null ? null : prefixed(row.path.getBytes(StandardCharsets.UTF_8)));
        Thrift label = chunk(group, INT64, List.of("label"), 1,
                row -> row.label == null ? null : ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(row.label).array());
        return new Thrift().structs(1, List.of(bytes, path, label)).longNumber(2, file.size()).longNumber(3, claimedRows < 0 ? group.size() : claimedRows);
    }

    private static byte[] prefixed(byte[] value) {
        return ByteBuffer.allocate(Integer.BYTES + value.length).order(ByteOrder.LITTLE_ENDIAN).putInt(value.length).put(value).array();
    }

    private Thrift chunk(List<Row> group, int type, List<String> path, int deepest, Function<Row, byte[]> value) throws IOException {
        ByteArrayOutputStream levels = new ByteArrayOutputStream();
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        for (Row row : group) {
            byte[] written = value.apply(row);
            // A run of one level.
            levels.write(1 << 1);
            levels.write(written == null ? deepest - 1 : deepest);
            if (written != null) {
                values.writeBytes(written);
            }
        }
        byte[] page = ByteBuffer.allocate(Integer.BYTES + levels.size() + values.size()).order(ByteOrder.LITTLE_ENDIAN)
                .putInt(levels.size()).put(levels.toByteArray()).put(values.toByteArray()).array();
        byte[] compressed = compress(page);
        long count = claimedRows < 0 ? group.size() : claimedRows;
        byte[] header = new Thrift().number(1, 0).number(2, claimed < 0 ? page.length : claimed).number(3, compressed.length)
                .struct(5, new Thrift().number(1, (int) count).number(2, 0).number(3, 3).number(4, 3)).bytes();
        long offset = file.size();
        file.writeBytes(header);
        file.writeBytes(compressed);
        return new Thrift().longNumber(2, offset).struct(3, new Thrift().number(1, type).numbers(2, List.of(0, 3)).strings(3, path).number(4, codec)
                .longNumber(5, count).longNumber(6, header.length + page.length).longNumber(7, header.length + compressed.length).longNumber(9, offset));
    }

    private byte[] compress(byte[] page) throws IOException {
        return switch (codec) {
            case 1 -> Snappy.compress(page);
            case 2 -> {
                var bytes = new ByteArrayOutputStream();
                try (var gzip = new GZIPOutputStream(bytes)) {
                    gzip.write(page);
                }
                yield bytes.toByteArray();
            }
            default -> page;
        };
    }

    /** A structure in Thrift's compact protocol; fields in the order of their numbers. */
    private static final class Thrift {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int last;

        private void field(int id, int type) {
            out.write(id - last << 4 | type);
            last = id;
        }

        private void varint(long value) {
            long left = value;
            for (; (left & ~0x7FL) != 0; left >>>= 7) {
                out.write((int) (left & 0x7F | 0x80));
            }
            out.write((int) left);
        }

        private void text(String value) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            varint(bytes.length);
            out.writeBytes(bytes);
        }

        private void list(int size, int type) {
            if (size < 15) {
                out.write(size << 4 | type);
            } else {
                out.write(0xF0 | type);
                varint(size);
            }
        }

        Thrift number(int id, int value) {
            field(id, 5);
            varint((long) value << 1 ^ value >> 31);
            return this;
        }

        Thrift longNumber(int id, long value) {
            field(id, 6);
            varint(value << 1 ^ value >> 63);
            return this;
        }

        Thrift string(int id, String value) {
            field(id, 8);
            text(value);
            return this;
        }

        Thrift strings(int id, List<String> values) {
            field(id, 9);
            list(values.size(), 8);
            values.forEach(this::text);
            return this;
        }

        Thrift numbers(int id, List<Integer> values) {
            field(id, 9);
            list(values.size(), 5);
            values.forEach(value -> varint((long) value << 1));
            return this;
        }

        Thrift struct(int id, Thrift value) {
            field(id, 12);
            out.writeBytes(value.bytes());
            return this;
        }

        Thrift structs(int id, List<Thrift> values) {
            field(id, 9);
            list(values.size(), 12);
            values.forEach(value -> out.writeBytes(value.bytes()));
            return this;
        }

        byte[] bytes() {
            // The end of a structure is a zero.
            return Arrays.copyOf(out.toByteArray(), out.size() + 1);
        }
    }
}

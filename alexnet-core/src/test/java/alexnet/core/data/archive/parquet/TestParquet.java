package alexnet.core.data.archive.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

import org.xerial.snappy.Snappy;

import alexnet.core.data.imitation.Thrift;

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
        List<byte[]> groups = new ArrayList<>();
        for (int begin = 0; begin < rows.size(); begin += rowsInGroup) {
            groups.add(group(rows.subList(begin, Math.min(rows.size(), begin + rowsInGroup))));
        }
        byte[] end = Thrift.struct(footer -> {
            footer.i32(1, 1).structs(2, List.of(
                    Thrift.struct(root -> root.text(4, "schema").i32(5, 2)),
                    Thrift.struct(image -> image.i32(3, 1).text(4, imageName).i32(5, 2)),
                    Thrift.struct(bytes -> bytes.i32(1, BYTE_ARRAY).i32(3, 1).text(4, "bytes")),
                    Thrift.struct(path -> path.i32(1, BYTE_ARRAY).i32(3, 1).text(4, "path").i32(6, 0)),
                    Thrift.struct(label -> label.i32(1, INT64).i32(3, 1).text(4, "label"))))
                    .i64(3, claimedRows < 0 ? rows.size() : claimedRows * groups.size()).structs(4, groups);
            if (!metadata.isEmpty()) {
                footer.structs(5, List.of(Thrift.struct(pair -> pair.text(1, "huggingface").text(2, metadata))));
            }
        });
        file.writeBytes(end);
        file.writeBytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(end.length).array());
        ascii(MAGIC);
        return file.toByteArray();
    }

    private void ascii(String text) {
        file.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] group(List<Row> group) throws IOException {
        byte[] bytes = chunk(group, BYTE_ARRAY, List.of(imageName, "bytes"), 2, row -> row.bytes == null ? null : prefixed(row.bytes));
        byte[] path = chunk(group, BYTE_ARRAY, List.of(imageName, "path"), 2,
                row -> row.path == null ? null : prefixed(row.path.getBytes(StandardCharsets.UTF_8)));
        byte[] label = chunk(group, INT64, List.of("label"), 1,
                row -> row.label == null ? null : ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(row.label).array());
        return Thrift.struct(fields -> fields.structs(1, List.of(bytes, path, label)).i64(2, file.size()).i64(3, claimedRows < 0 ? group.size() : claimedRows));
    }

    private static byte[] prefixed(byte[] value) {
        return ByteBuffer.allocate(Integer.BYTES + value.length).order(ByteOrder.LITTLE_ENDIAN).putInt(value.length).put(value).array();
    }

    private byte[] chunk(List<Row> group, int type, List<String> path, int deepest, Function<Row, byte[]> value) throws IOException {
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
        byte[] unpacked = ByteBuffer.allocate(Integer.BYTES + levels.size() + values.size()).order(ByteOrder.LITTLE_ENDIAN)
                .putInt(levels.size()).put(levels.toByteArray()).put(values.toByteArray()).array();
        byte[] compressed = compress(unpacked);
        long count = claimedRows < 0 ? group.size() : claimedRows;
        byte[] header = Thrift.struct(page -> page.i32(1, 0).i32(2, claimed < 0 ? unpacked.length : claimed).i32(3, compressed.length)
                .struct(5, data -> data.i32(1, (int) count).i32(2, 0).i32(3, 3).i32(4, 3)));
        long offset = file.size();
        file.writeBytes(header);
        file.writeBytes(compressed);
        return Thrift.struct(chunk -> chunk.i64(2, offset).struct(3, data -> data.i32(1, type).i32s(2, 0, 3).texts(3, path).i32(4, codec)
                .i64(5, count).i64(6, header.length + unpacked.length).i64(7, header.length + compressed.length).i64(9, offset)));
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
}

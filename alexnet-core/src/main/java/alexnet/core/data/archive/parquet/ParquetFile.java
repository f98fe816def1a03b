package alexnet.core.data.archive.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

import alexnet.core.data.DataException;
import alexnet.core.data.Skipped;
import dev.hardwood.HardwoodContext;
import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.FileMetaData;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.row.PqStruct;
import dev.hardwood.schema.ColumnProjection;

/**
 * A parquet file of labelled images, read from its beginning to its end. What it says of its sizes is checked before memory is taken
 * by it. Every method throws a {@link DataException} that names the file if it is damaged or cannot be read.
 */
final class ParquetFile implements AutoCloseable {

    /** Tells otherwise at start what it found of SIMD; held, as a logger that nobody holds forgets its level. */
    private static final Logger QUIET = Logger.getLogger("dev.hardwood");

    static {
        QUIET.setLevel(Level.WARNING);
    }

    private static final String DAMAGED = "it is damaged: fetch it again";
    private static final long PAGE_LIMIT = 1 << 28;
    private static final long DESCRIBED_PAGE_LIMIT = 1 << 24;
    private static final long GROUP_LIMIT = 1 << 29;
    /** Of a row group there are so many in memory, at most, while it is read: compressed, decompressed, and in values. */
    private static final int COPIES = 8;
    private static final long ROW_LIMIT = 1 << 22;

    /** Receives what is known of a row; the path is null where none is said, and the label -1. */
    interface Description {

        void row(String path, long label);
    }

    /** Receives an image's file, row by row; null where there is none. */
    interface Image {

        void row(byte[] bytes) throws IOException;
    }

    /** Reads a part of a file. */
    private interface Reading<T> {

        T read() throws IOException;
    }

    private final Path file;
    private final RangeFile ranges;
    private final HardwoodContext context;
    private final ParquetFileReader reader;
    private final FileMetaData metadata;
    private final Features features;
    private final Columns columns;

    /** Opens a file and reads what its end says of it. */
    ParquetFile(Path file) {
        this.file = file;
        this.ranges = new RangeFile(file);
        this.context = HardwoodContext.create(1);
        try {
            this.reader = reading(() -> ParquetFileReader.open(ranges, context));
            this.metadata = reader.getFileMetaData();
            this.features = Features.of(metadata.keyValueMetadata() == null ? Map.of() : metadata.keyValueMetadata());
            this.columns = reading(() -> Columns.of(reader.getFileSchema(), features));
            reading(() -> {
                requireRows();
                return null;
            });
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void requireRows() throws IOException {
        long rows = 0;
        for (RowGroup group : metadata.rowGroups()) {
            if (group.numRows() < 0 || group.numRows() > ROW_LIMIT) {
                throw new IOException("a row group says that it has " + group.numRows() + " rows");
            }
            rows += group.numRows();
        }
        if (rows != metadata.numRows() || rows > Integer.MAX_VALUE) {
            throw new IOException("its row groups have " + rows + " rows, and it says " + metadata.numRows());
        }
    }

    int rows() {
        return (int) metadata.numRows();
    }

    /** Whether its rows have classes. */
    boolean isLabelled() {
        return columns.label().isPresent();
    }

    /** What the classes' numbers stand for; empty if that is not said. */
    List<String> classNames() {
        return columns.label().map(features::names).orElse(List.of());
    }

    /** Bytes of all its images, at most, as it says. */
    long imageBytes() {
        return metadata.rowGroups().stream().flatMap(group -> chunk(group, columns.bytes()).stream())
                .mapToLong(chunk -> Math.max(0, chunk.metaData().totalUncompressedSize())).sum();
    }

    /** Tells of every row what is known of it, without reading images. */
    void describe(Description description) {
        reading(() -> {
            String[] described = columns.described();
            if (described.length == 0) {
                for (int row = 0; row < rows(); row++) {
                    description.row(null, -1);
                }
                return null;
            }
            for (RowGroup group : metadata.rowGroups()) {
                check(group, Set.of(described), DESCRIBED_PAGE_LIMIT);
            }
            try (RowReader rows = reader.buildRowReader().projection(ColumnProjection.columns(described)).build()) {
                for (int row = 0; row < rows(); row++) {
                    next(rows);
                    description.row(path(rows).orElse(null), label(rows));
                }
            }
            return null;
        });
    }

    /** Reads all images, a row group at a time. */
    void images(Image image) {
        long first = 0;
        for (RowGroup group : metadata.rowGroups()) {
            long skipped = first;
            reading(() -> {
                check(group, Set.of(columns.bytes()), PAGE_LIMIT);
                try (RowReader rows = reader.buildRowReader().projection(ColumnProjection.columns(columns.bytes())).skip(skipped).head(group.numRows()).build()) {
                    for (long row = 0; row < group.numRows(); row++) {
                        next(rows);
                        image.row(bytes(rows));
                    }
                }
                return null;
            });
            first += group.numRows();
        }
    }

    private void check(RowGroup group, Set<String> names, long pageLimit) throws IOException {
        var check = new ColumnCheck(ranges, pageLimit, Math.min(GROUP_LIMIT, Runtime.getRuntime().maxMemory() / COPIES));
        for (String name : names) {
            check.check(group, chunk(group, name).orElseThrow(() -> new IOException("a row group has no column " + name)).metaData());
        }
    }

    private static Optional<ColumnChunk> chunk(RowGroup group, String name) {
        return group.columns().stream().filter(column -> column.metaData().pathInSchema().matchesDottedName(name)).findFirst();
    }

    private static void next(RowReader rows) throws IOException {
        if (!rows.hasNext()) {
            throw new IOException("it has fewer rows than it says");
        }
        rows.next();
    }

    private Optional<String> path(RowReader rows) {
        if (columns.path().isEmpty() || rows.isNull(columns.image())) {
            return Optional.empty();
        }
        PqStruct image = rows.getStruct(columns.image());
        return image.isNull("path") ? Optional.empty() : Optional.of(image.getString("path"));
    }

    private long label(RowReader rows) {
        if (columns.label().isEmpty() || rows.isNull(columns.label().get())) {
            return -1;
        }
        return rows.getValue(columns.label().get()) instanceof Number number ? number.longValue() : -1;
    }

    private byte[] bytes(RowReader rows) {
        if (rows.isNull(columns.image())) {
            return null;
        }
        if (columns.image().equals(columns.bytes())) {
            return rows.getBinary(columns.image());
        }
        PqStruct image = rows.getStruct(columns.image());
        return image.isNull("bytes") ? null : image.getBinary("bytes");
    }

    private <T> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (DataException e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            // The library answers damaged files with whatever exception comes up, and with allocations of the size that they say.
            throw new DataException(file + " cannot be read: " + reason(root(e)), e);
        }
    }

    /** The library's threads wrap what happens to them. */
    private static Throwable root(Throwable failure) {
        return failure.getCause() == null ? failure : root(failure.getCause());
    }

    private String reason(Throwable failure) {
        return switch (failure) {
            case OutOfMemoryError _ -> "it takes more memory than there is";
            case NullPointerException _ -> DAMAGED;
            case IndexOutOfBoundsException _ -> DAMAGED;
            case IOException e -> Skipped.reason(e).replace("[" + file + "] ", "").lines().findFirst().orElse(DAMAGED);
            default -> failure.getMessage() == null ? DAMAGED : failure.getMessage().replace("[" + file + "] ", "").lines().findFirst().orElse(DAMAGED);
        };
    }

    @Override
    public void close() {
        try {
            ranges.close();
        } catch (IOException e) {
            throw new DataException(file + " cannot be closed: " + e.getMessage(), e);
        } finally {
            context.close();
        }
    }
}

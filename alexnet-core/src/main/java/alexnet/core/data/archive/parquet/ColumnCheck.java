package alexnet.core.data.archive.parquet;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.util.List;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.RowGroup;

/**
 * Looks at what a column's pages say of their sizes before anything is allocated by it.
 *
 * @param file       where they lie
 * @param pageLimit  most bytes of a page when it is decompressed
 * @param groupLimit most bytes of all pages of the column in a row group
 */
record ColumnCheck(InputFile file, long pageLimit, long groupLimit) {

    private static final List<CompressionCodec> CODECS = List.of(CompressionCodec.UNCOMPRESSED, CompressionCodec.SNAPPY, CompressionCodec.GZIP);
    private static final int HEAD = 1 << 12;
    private static final int LONGEST_HEAD = 1 << 20;
    private static final long MEBIBYTE = 1 << 20;

    /**
     * Checks one column of a row group.
     *
     * @throws IOException if it is damaged, cannot be read, or takes too much memory
     */
    void check(RowGroup group, ColumnMetaData column) throws IOException {
        if (!CODECS.contains(column.codec())) {
            throw new IOException("it is compressed by " + column.codec() + ", of which nothing is known here: write it anew, by Snappy or gzip");
        }
        long begin = column.dictionaryPageOffset() == null || column.dictionaryPageOffset() <= 0 ? column.dataPageOffset()
                : Math.min(column.dictionaryPageOffset(), column.dataPageOffset());
        long end = begin + column.totalCompressedSize();
        if (begin < 0 || column.totalCompressedSize() < 0 || end < begin || end > file.length()) {
            throw new IOException("a column lies outside of it");
        }
        long bytes = 0;
        long rows = 0;
        long position = begin;
        while (rows < group.numRows()) {
            PageHeader page = header(position, end);
            position += page.length() + (long) page.compressed();
            if (position > end) {
                throw new IOException("a page lies outside of its column");
            }
            if (page.uncompressed() > pageLimit || (bytes += page.uncompressed()) > groupLimit) {
                throw new IOException("it has pages of " + Math.max(page.uncompressed(), bytes) / MEBIBYTE + " MB and more, for which there is too little memory: "
                        + "give more by JAVA_OPTS=-Xmx4g, or write it anew in row groups of 100 images");
            }
            rows += page.isDictionary() ? 0 : page.values();
            if (rows > group.numRows()) {
                throw new IOException("a row group has more values than rows");
            }
        }
    }

    private PageHeader header(long position, long end) throws IOException {
        for (int length = HEAD; ; length *= 16) {
            int readable = (int) Math.min(length, end - position);
            try {
                return PageHeader.read(file.readRange(position, readable));
            } catch (BufferUnderflowException e) {
                if (readable < length || length >= LONGEST_HEAD) {
                    throw new IOException("a page ends within its header", e);
                }
            }
        }
    }
}

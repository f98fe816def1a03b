package alexnet.core.data.idx;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import alexnet.core.data.DataException;
import alexnet.core.data.Skipped;

/**
 * The unsigned bytes of an IDX file, the format of MNIST and its descendants, plain or gzipped: big-endian
 * {@code 0, 0, 8, rank}, the dimensions, then the elements with the last dimension innermost.
 *
 * @param dimensions their sizes, each at least 1
 * @param bytes      the elements
 */
record IdxFile(int[] dimensions, byte[] bytes) {

    private static final int UNSIGNED_BYTE = 0x08;
    private static final int GZIP_MAGIC = 0x1F8B;
    /** Arrays of about this length are the longest that every virtual machine allows. */
    private static final int LENGTH_LIMIT = Integer.MAX_VALUE - 8;

    /**
     * Reads a whole file. Memory is taken as elements arrive, never on the header's word alone.
     *
     * @param rank the number of dimensions that it must have
     * @throws DataException if it is missing, of another kind, truncated, or longer than its header says
     */
    static IdxFile read(Path file, int rank) {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
             var input = new DataInputStream(unzipped(raw))) {
            int magic = input.readInt();
            if (magic != (UNSIGNED_BYTE << 8 | rank)) {
                throw new DataException(String.format(Locale.ROOT, "%s is not an IDX file of unsigned bytes with %d dimensions: it starts with "
                        + "0x%08X, not 0x%08X", file, rank, magic, UNSIGNED_BYTE << 8 | rank));
            }
            int[] dimensions = new int[rank];
            long length = 1;
            for (int i = 0; i < rank; i++) {
                dimensions[i] = input.readInt();
                // Both factors are below 2^31, so that the product cannot overflow before it is refused.
                length *= dimensions[i];
                if (dimensions[i] < 1 || length > LENGTH_LIMIT) {
                    throw new DataException(file + ": cannot hold " + describe(Arrays.copyOf(dimensions, i + 1))
                            + " bytes, as its header says");
                }
            }
            byte[] bytes = input.readNBytes((int) length);
            if (bytes.length < length) {
                throw new DataException(file + " is truncated: its header says " + describe(dimensions) + " bytes, "
                        + bytes.length + " are there");
            }
            if (input.read() >= 0) {
                throw new DataException(file + " is longer than the " + describe(dimensions) + " bytes that its header says");
            }
            return new IdxFile(dimensions, bytes);
        } catch (NoSuchFileException e) {
            throw new DataException("no such file: " + file, e);
        } catch (EOFException e) {
            throw new DataException(file + " is truncated", e);
        } catch (ZipException e) {
            throw new DataException(file + " is damaged: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DataException("cannot read " + file + ": " + Skipped.reason(e), e);
        }
    }

    private static InputStream unzipped(InputStream input) throws IOException {
        input.mark(2);
        int magic = input.read() << 8 | input.read();
        input.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(input, 1 << 16) : input;
    }

    private static String describe(int[] dimensions) {
        return Arrays.stream(dimensions).mapToObj(Integer::toString).collect(Collectors.joining(" x "));
    }
}

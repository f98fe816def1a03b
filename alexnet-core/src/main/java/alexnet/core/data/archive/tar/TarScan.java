package alexnet.core.data.archive.tar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.compress.archivers.zip.ZipEncoding;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;

import alexnet.core.data.DataException;
import alexnet.core.data.Skipped;

/**
 * Finds the files in a tar (POSIX ustar and pax, GNU, v7) by its headers alone. What a header says is believed as far as it lies within
 * the tar: memory is bounded whatever it claims. Links, devices and the like are counted and passed over; names are text.
 *
 * <p>A tar that is damaged or ends too early is refused as a whole: nobody wants to train on the part that was downloaded.
 */
public final class TarScan {

    private static final int BLOCK = TarConstants.DEFAULT_RCDSIZE;
    private static final int LONGEST_NAME = 1 << 16;
    private static final int LONGEST_PAX = 1 << 20;
    /** So much behind the end mark is looked at; tars are filled up to a multiple of 10 kB. */
    private static final int LOOKED_AT_BEHIND = 1 << 16;
    /** Far more than any set has in one file, and their index fits into memory. */
    private static final int ENTRY_LIMIT = 20_000_000;
    /** In a block that lists more parts of a sparse file, whether another one follows. */
    private static final int SPARSE_GOES_ON = 504;
    private static final ZipEncoding UTF_8 = ZipEncodingHelper.getZipEncoding(StandardCharsets.UTF_8.name());
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final TarBytes bytes;
    private final String tar;
    private final long end;
    private long position;

    private TarScan(TarBytes bytes, String tar, long begin, long end) {
        this.bytes = bytes;
        this.tar = tar;
        this.end = end;
        this.position = begin;
    }

    /** Is told of each file. */
    @FunctionalInterface
    public interface Visitor {

        /** @return whether to go on */
        boolean file(TarEntry entry) throws IOException;
    }

    /**
     * Goes through the headers.
     *
     * @param tar   what messages call it
     * @param begin where it begins in {@code bytes}
     * @param end   where it ends
     * @return what is to be told of it
     * @throws DataException if it is no tar, damaged, or ends too early
     */
    public static TarFindings scan(TarBytes bytes, String tar, long begin, long end, Visitor visitor) {
        try {
            return new TarScan(bytes, tar, begin, end).scan(visitor);
        } catch (IOException e) {
            throw new DataException("cannot read " + tar + ": " + Skipped.reason(e), e);
        }
    }

    private TarFindings scan(Visitor visitor) throws IOException {
        int links = 0;
        int others = 0;
        int entries = 0;
        TarNames names = new TarNames();
        while (position < end) {
            long at = position;
            TarArchiveEntry header = header();
            if (header == null) {
                return new TarFindings(links, others, true, isBehind());
            }
            if (++entries > ENTRY_LIMIT) {
                throw damaged(at, "it has more than " + ENTRY_LIMIT + " entries");
            }
            long size = names.size(header.getSize());
            boolean hasData = !header.isLink() && !header.isSymbolicLink() && !header.isDirectory() && !header.isCharacterDevice()
                    && !header.isBlockDevice() && !header.isFIFO();
            if (hasData && (size < 0 || size > end - position)) {
                throw damaged(at, "\"" + shown(names.name(header.getName())) + "\" should have " + size + " bytes, of which "
                        + (end - position) + " are there");
            }
            if (header.isGNULongNameEntry()) {
                names.longName(limited(at, size, LONGEST_NAME));
            } else if (header.isPaxHeader()) {
                try {
                    names.pax(limited(at, size, LONGEST_PAX));
                } catch (IllegalArgumentException e) {
                    throw damaged(at, e.getMessage());
                }
            } else if (!header.isGlobalPaxHeader() && !header.isGNULongLinkEntry()) {
                if (header.isLink() || header.isSymbolicLink()) {
                    links++;
                } else if (!header.isDirectory() && (!isPlain(header) || names.sparse())) {
                    others++;
                } else if (!header.isDirectory()) {
                    if (!visitor.file(new TarEntry(shown(names.name(header.getName())), position, size))) {
                        return new TarFindings(links, others, true, false);
                    }
                }
                names = new TarNames();
            }
            if (hasData) {
                position += Math.min(end - position, Math.ceilDiv(size, BLOCK) * BLOCK);
            }
        }
        if (names.areSaid()) {
            throw damaged(position, "it ends behind a name, before what is called so");
        }
        return new TarFindings(links, others, false, false);
    }

    /** The next header; null for the end mark. */
    private TarArchiveEntry header() throws IOException {
        if (end - position < BLOCK) {
            throw damaged(position, "it ends within a header");
        }
        byte[] block = bytes.read(position, BLOCK);
        if (isZero(block)) {
            return null;
        }
        if (!isHeader(block)) {
            throw position == 0 ? new DataException(tar + " is no tar: give another, or get it anew") : damaged(position, "there is no header of an entry");
        }
        TarArchiveEntry header;
        try {
            header = new TarArchiveEntry(block, UTF_8, true);
        } catch (IllegalArgumentException | IOException e) {
            throw damaged(position, "what a header should say is no number");
        }
        position += BLOCK;
        for (boolean more = header.isOldGNUSparse() && header.isExtended(); more; position += BLOCK) {
            if (end - position < BLOCK) {
                throw damaged(position, "it ends within a header");
            }
            more = bytes.read(position, BLOCK)[SPARSE_GOES_ON] != 0;
        }
        return header;
    }

    private static boolean isHeader(byte[] block) {
        try {
            return TarUtils.verifyCheckSum(block);
        } catch (IllegalArgumentException e) {
            // Where the sum should be is no number.
            return false;
        }
    }

    private byte[] limited(long at, long size, int limit) throws IOException {
        if (size > limit) {
            throw damaged(at, "a name of " + size + " bytes");
        }
        return bytes.read(position, (int) size);
    }

    private static boolean isPlain(TarArchiveEntry header) {
        return switch (header.getLinkFlag()) {
            case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG -> !header.isSparse();
            default -> false;
        };
    }

    /** Whether something follows the end mark, as where tars were put behind one another. */
    private boolean isBehind() throws IOException {
        int length = (int) Math.min(LOOKED_AT_BEHIND, end - position);
        return !isZero(bytes.read(position, length));
    }

    private static boolean isZero(byte[] block) {
        return Arrays.equals(block, new byte[block.length]);
    }

    private static String shown(String name) {
        return CONTROL.matcher(name.startsWith("./") ? name.substring(2) : name).replaceAll("_");
    }

    private DataException damaged(long at, String how) {
        return new DataException(tar + " is damaged or was cut off, at byte " + at + " (" + how + "): get it anew");
    }
}

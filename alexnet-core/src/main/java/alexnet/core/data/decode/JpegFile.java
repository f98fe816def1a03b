package alexnet.core.data.decode;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The segments of a JPEG up to its end marker: what they say, and the ones that pixels are made of. A file whose end
 * marker is missing is whole only if its scans have told all bits of all coefficients; that the last of them is not cut short is
 * for the decoder to find out.
 */
final class JpegFile {

    private static final int COEFFICIENTS = 64;
    private static final int ZEROS = 16;
    /** Each goes over all pixels again; encoders write about ten. */
    private static final int MOST_SCANS = 500;
    private static final byte[] START = {(byte) 0xFF, (byte) 0xD8};
    private static final byte[] END = {(byte) 0xFF, (byte) 0xD9};
    /** A segment of Adobe's; its last byte says how colours were transformed. */
    private static final byte[] ADOBE = {(byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 1};

    private final byte[] bytes;
    /** Begin and end of each segment that pixels are made of. */
    private final List<int[]> pixelSegments = new ArrayList<>();
    private int position = 2;
    private int width;
    private int height;
    private boolean progressive;
    private int scans;
    /** Names of the components, in order. */
    private int[] names;
    /** Of each component, its samples across and down, of those of a block of pixels. */
    private int[] sampling;
    /** For each component, the bits of each coefficient that are still to come; -1 where nothing has come yet. */
    private final Map<Integer, int[]> missingBits = new HashMap<>();
    private boolean jfif;
    private int adobeTransform = -1;
    private Orientation orientation;

    private JpegFile(byte[] bytes) {
        this.bytes = bytes;
    }

    static JpegFile parse(byte[] bytes) throws ImageException {
        var file = new JpegFile(bytes);
        boolean ended = file.readSegments();
        if (file.names == null || file.scans == 0 || !ended && (!file.complete() || file.endsInZeros())) {
            throw truncated();
        }
        return file;
    }

    /** Reads to the end marker; false if the file ends before. */
    private boolean readSegments() throws ImageException {
        while (true) {
            while (position < bytes.length && bytes[position] != (byte) 0xFF) {
                position++;
            }
            while (position < bytes.length && bytes[position] == (byte) 0xFF) {
                position++;
            }
            if (position >= bytes.length) {
                return false;
            }
            int marker = bytes[position++] & 0xFF;
            if (marker == 0xD9) {
                return true;
            }
            if (marker == 0 || marker == 1 || marker >= 0xD0 && marker <= 0xD8) {
                continue;
            }
            int start = position;
            int end = start + word(start);
            if (end > bytes.length) {
                return false;
            }
            position = end;
            read(marker, start + 2, end);
            switch (marker) {
                case 0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xDA -> pixelSegments.add(new int[] {start - 2, position});
                default -> { }
            }
        }
    }

    private void read(int marker, int start, int end) throws ImageException {
        switch (marker) {
            case 0xC0, 0xC1, 0xC2 -> readFrame(marker == 0xC2, start);
            case 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF -> throw new ImageException("JPEGs with arithmetic coding are not supported");
            case 0xC3, 0xC5, 0xC6, 0xC7 -> throw new ImageException("lossless and hierarchical JPEGs are not supported");
            case 0xDA -> readScan(start);
            case 0xE0 -> jfif |= end - start >= 12 && begins(start, "JFIF\0");
            case 0xE1 -> {
                if (orientation == null && begins(start, "Exif\0")) {
                    orientation = TiffTags.orientation(Arrays.copyOfRange(bytes, start, end));
                }
            }
            case 0xEE -> {
                if (end - start >= 12 && begins(start, "Adobe")) {
                    adobeTransform = bytes[start + 11] & 0xFF;
                }
            }
            default -> { }
        }
    }

    private void readFrame(boolean progressive, int start) throws ImageException {
        if (names != null) {
            throw new ImageException("damaged JPEG: a second frame");
        }
        if (bytes[start] != 8) {
            throw new ImageException("JPEGs of " + bytes[start] + " bits a sample are not supported");
        }
        this.progressive = progressive;
        height = word(start + 1);
        width = word(start + 3);
        names = new int[bytes[start + 5] & 0xFF];
        if (names.length != 1 && names.length != 3 && names.length != 4) {
            throw new ImageException("JPEGs of " + names.length + " components are not supported");
        }
        sampling = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = bytes[start + 6 + 3 * i] & 0xFF;
            sampling[i] = bytes[start + 7 + 3 * i] & 0xFF;
            int[] bits = new int[COEFFICIENTS];
            Arrays.fill(bits, -1);
            missingBits.put(names[i], bits);
        }
    }

    /** Reads the header of a scan and goes on behind its data. */
    private void readScan(int start) throws ImageException {
        if (++scans > MOST_SCANS) {
            throw new ImageException("damaged JPEG: more than " + MOST_SCANS + " scans");
        }
        int count = bytes[start];
        int spectrum = start + 1 + 2 * count;
        int last = progressive ? Math.min(bytes[spectrum + 1], COEFFICIENTS - 1) : COEFFICIENTS - 1;
        for (int i = 0; i < count; i++) {
            int[] bits = missingBits.get(bytes[start + 1 + 2 * i] & 0xFF);
            for (int k = progressive ? bytes[spectrum] : 0; bits != null && k <= last; k++) {
                bits[k] = progressive ? bytes[spectrum + 2] & 0xF : 0;
            }
        }
        while (position + 1 < bytes.length && !markerAt(position)) {
            position++;
        }
        if (position + 1 >= bytes.length) {
            position = bytes.length;
        }
    }

    /** Whether the data of a scan end here: neither stuffing nor a restart. */
    private boolean markerAt(int index) {
        int next = bytes[index + 1] & 0xFF;
        return bytes[index] == (byte) 0xFF && next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7);
    }

    private boolean complete() {
        return missingBits.values().stream().allMatch(bits -> Arrays.stream(bits).allMatch(missing -> missing == 0));
    }

    /** Room that was set aside for a download which never came. */
    private boolean endsInZeros() {
        return Arrays.mismatch(bytes, bytes.length - ZEROS, bytes.length, new byte[ZEROS], 0, ZEROS) < 0;
    }

    private int word(int index) {
        return index + 1 < bytes.length ? (bytes[index] & 0xFF) << 8 | bytes[index + 1] & 0xFF : bytes.length;
    }

    private boolean begins(int start, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (start + i >= bytes.length || bytes[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int components() {
        return names.length;
    }

    boolean multipleScans() {
        return scans > 1;
    }

    /** Of which components there is one sample for two rows, and one for each column. */
    boolean[] halvedDown() {
        int across = Arrays.stream(sampling).map(factors -> factors >> 4).max().orElseThrow();
        int down = Arrays.stream(sampling).map(factors -> factors & 0xF).max().orElseThrow();
        boolean[] halved = new boolean[names.length];
        for (int i = 0; i < halved.length; i++) {
            halved[i] = sampling[i] >> 4 == across && 2 * (sampling[i] & 0xF) == down;
        }
        return halved;
    }

    Orientation orientation() {
        return orientation == null ? Orientation.NORMAL : orientation;
    }

    JpegColours colours() {
        return switch (names.length) {
            case 1 -> JpegColours.GREY;
            case 3 -> {
                boolean namedRgb = !jfif && adobeTransform < 0 && Arrays.equals(names, new int[] {'R', 'G', 'B'});
                yield namedRgb || !jfif && adobeTransform == 0 ? JpegColours.RGB : JpegColours.YCBCR;
            }
            default -> adobeTransform <= 0 ? JpegColours.CMYK : JpegColours.YCCK;
        };
    }

    long pixels() {
        return (long) width * height;
    }

    /** Bytes that libjpeg keeps the coefficients of all scans in, 16 bits each. */
    long coefficients() {
        return multipleScans() ? 2 * pixels() * components() : 0;
    }

    /** The segments that pixels are made of, without names, profiles, thumbnails and whatever else a decoder could stumble over. */
    byte[] pixelStream() {
        byte[] stream = new byte[(int) (START.length + segmentsLength() + END.length)];
        MemorySegment target = MemorySegment.ofArray(stream);
        MemorySegment.copy(START, 0, target, ValueLayout.JAVA_BYTE, 0, START.length);
        writeSegments(target.asSlice(START.length));
        return stream;
    }

    /** The length of {@link #writeMarked}'s stream. */
    long markedLength() {
        return START.length + ADOBE.length + segmentsLength() + END.length;
    }

    /** The same segments, behind one of Adobe's that tells which colours they are. */
    void writeMarked(MemorySegment target) {
        MemorySegment.copy(START, 0, target, ValueLayout.JAVA_BYTE, 0, START.length);
        MemorySegment.copy(ADOBE, 0, target, ValueLayout.JAVA_BYTE, START.length, ADOBE.length);
        target.set(ValueLayout.JAVA_BYTE, START.length + ADOBE.length - 1, (byte) switch (colours()) {
            case RGB, CMYK -> 0;
            case GREY, YCBCR -> 1;
            case YCCK -> 2;
        });
        writeSegments(target.asSlice(START.length + ADOBE.length));
    }

    private long segmentsLength() {
        return pixelSegments.stream().mapToLong(segment -> segment[1] - segment[0]).sum();
    }

    private void writeSegments(MemorySegment target) {
        long at = 0;
        for (int[] segment : pixelSegments) {
            MemorySegment.copy(bytes, segment[0], target, ValueLayout.JAVA_BYTE, at, segment[1] - segment[0]);
            at += segment[1] - segment[0];
        }
        MemorySegment.copy(END, 0, target, ValueLayout.JAVA_BYTE, at, END.length);
    }

    /** That there are fewer pixels than the header says. */
    static ImageException truncated() {
        return new ImageException("damaged or truncated JPEG");
    }
}

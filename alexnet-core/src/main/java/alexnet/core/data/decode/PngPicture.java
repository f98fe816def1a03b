package alexnet.core.data.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A PNG, of which the reader sees the chunks alone that pixels are made of: damage to a text, a date or a profile is no
 * reason to leave out a picture, and none of them can be blown up.
 */
final class PngPicture implements Picture {

    private static final int SIGNATURE = 8;
    private static final int HEADER = 13;
    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;

    private final ByteBuffer file;
    private final ByteArrayOutputStream pixelChunks;
    private int width;
    private int height;
    private int bits;
    private int type = -1;
    private byte[] palette = {};
    private byte[] header;
    private byte[] transparency;
    private boolean pixels;
    private Orientation orientation = Orientation.NORMAL;

    private PngPicture(byte[] bytes) {
        file = ByteBuffer.wrap(bytes);
        pixelChunks = new ByteArrayOutputStream(bytes.length);
        pixelChunks.write(bytes, 0, SIGNATURE);
    }

    static PngPicture open(byte[] bytes) throws ImageException {
        var picture = new PngPicture(bytes);
        int position = SIGNATURE;
        while (position >= 0) {
            position = picture.readChunk(position);
        }
        if (!picture.pixels) {
            throw new ImageException("damaged or truncated PNG");
        }
        picture.write("IEND", new byte[0]);
        return picture;
    }

    /** Reads a chunk and says where the next one begins; -1 if that was the last one. */
    private int readChunk(int position) throws ImageException {
        if (position > file.limit() - 8) {
            return -1;
        }
        int length = file.getInt(position);
        byte[] name = new byte[4];
        file.get(position + 4, name);
        String chunk = new String(name, StandardCharsets.ISO_8859_1);
        int start = position + 8;
        boolean whole = length >= 0 && length <= file.limit() - start;
        boolean critical = Character.isUpperCase(chunk.charAt(0));
        if (!whole && !critical && pixels) {
            return -1;
        }
        if (!whole) {
            throw new ImageException("damaged or truncated PNG");
        }
        if (critical && length <= file.limit() - start - 4) {
            var sum = new CRC32();
            sum.update(file.array(), position + 4, length + 4);
            if ((int) sum.getValue() != file.getInt(start + length)) {
                throw new ImageException("damaged PNG");
            }
        }
        read(chunk, Arrays.copyOfRange(file.array(), start, start + length));
        return chunk.equals("IEND") ? -1 : start + length + 4;
    }

    private void read(String chunk, byte[] content) throws ImageException {
        switch (chunk) {
            case "IHDR" -> readHeader(content);
            case "PLTE" -> palette = content;
            case "tRNS" -> {
                boolean fits = switch (type) {
                    case GREY -> content.length == 2;
                    case RGB -> content.length == 6;
                    case PALETTE -> content.length <= palette.length / 3;
                    default -> false;
                };
                if (fits && transparency == null && !pixels) {
                    transparency = content;
                }
            }
            case "IDAT" -> {
                if (!pixels) {
                    pixels = true;
                    writeHeader();
                }
                write(chunk, content);
            }
            case "eXIf" -> orientation = TiffTags.orientation(content);
            default -> { }
        }
    }

    private void readHeader(byte[] content) throws ImageException {
        if (type >= 0 || content.length != HEADER) {
            throw new ImageException("damaged PNG");
        }
        header = content;
        width = ByteBuffer.wrap(header).getInt(0);
        height = ByteBuffer.wrap(header).getInt(4);
        bits = header[8];
        type = header[9];
    }

    private void writeHeader() {
        if (type == GREY && bits < Byte.SIZE && transparency != null) {
            // The reader compares the transparent level with samples that it has already scaled: a palette says the same.
            header[9] = PALETTE;
            int levels = 1 << bits;
            palette = new byte[3 * levels];
            for (int i = 0; i < palette.length; i++) {
                palette[i] = (byte) (i / 3 * 255 / (levels - 1));
            }
            byte[] alpha = new byte[levels];
            Arrays.fill(alpha, (byte) 255);
            alpha[transparency[1] & levels - 1] = 0;
            transparency = alpha;
        }
        write("IHDR", header);
        if (header[9] == PALETTE) {
            write("PLTE", palette);
        }
        if (transparency != null) {
            write("tRNS", transparency);
        }
    }

    private void write(String chunk, byte[] content) {
        byte[] name = chunk.getBytes(StandardCharsets.ISO_8859_1);
        var sum = new CRC32();
        sum.update(name);
        sum.update(content);
        pixelChunks.writeBytes(ByteBuffer.allocate(8).putInt(content.length).put(name).array());
        pixelChunks.writeBytes(content);
        pixelChunks.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public boolean subsamples() {
        return true;
    }

    @Override
    public long memory(int step) {
        int channels = type == PALETTE || type == GREY ? 2 : 4;
        return (long) width * height / step / step * Math.max(6, 3 + channels * Math.ceilDiv(bits, Byte.SIZE));
    }

    @Override
    public DecodedImage decode(int step) throws IOException {
        return orientation.upright(Pixels.of(Readers.image("png", pixelChunks.toByteArray(), step)));
    }
}

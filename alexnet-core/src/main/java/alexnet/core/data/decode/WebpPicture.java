package alexnet.core.data.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A WebP, or the first frame of an animated one in its place on the whole canvas; what it does not cover is clear if the
 * file says that it has alpha, and black if not, as libwebp's users see it. The reader, libwebp, sees the chunks alone that
 * pixels are made of.
 */
final class WebpPicture implements Picture {

    private static final int RIFF_HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FRAME_HEADER = 16;
    private static final int ANIMATED = 2;
    private static final int ALPHA = 0x10;
    private static final int WHITE = 0xFFFFFF;
    /** 14 bits. */
    private static final int SIDE = 0x3FFF;

    private final ByteBuffer file;
    private byte[] alpha;
    private byte[] pixels;
    private boolean lossless;
    private Canvas canvas;
    private Orientation orientation = Orientation.NORMAL;

    private WebpPicture(byte[] bytes) {
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static WebpPicture open(byte[] bytes) throws ImageException {
        var picture = new WebpPicture(bytes);
        try {
            long end = CHUNK_HEADER + (picture.file.getInt(4) & 0xFFFFFFFFL);
            if (end > bytes.length) {
                throw new ImageException("truncated WebP");
            }
            picture.readChunks(RIFF_HEADER, (int) end);
            picture.readFrameSize();
        } catch (IndexOutOfBoundsException e) {
            throw new ImageException("damaged WebP", e);
        }
        return picture;
    }

    private void readChunks(int start, int end) throws ImageException {
        int position = start;
        while (position <= end - CHUNK_HEADER) {
            byte[] name = new byte[4];
            file.get(position, name);
            int length = file.getInt(position + 4);
            int content = position + CHUNK_HEADER;
            if (length < 0 || length > end - content) {
                throw new ImageException("damaged or truncated WebP");
            }
            read(new String(name, StandardCharsets.ISO_8859_1), content, length);
            // Chunks are padded to even lengths.
            position = content + length + (length & 1);
        }
    }

    private void read(String chunk, int start, int length) throws ImageException {
        switch (chunk) {
            case "VP8X" -> {
                if ((file.get(start) & ANIMATED) != 0) {
                    canvas = Canvas.empty(1 + triple(start + 4), 1 + triple(start + 7), (file.get(start) & ALPHA) != 0 ? WHITE : 0);
                }
            }
            case "ANMF" -> {
                if (pixels == null && canvas != null) {
                    readChunks(start + FRAME_HEADER, start + length);
                    canvas = canvas.with(2 * triple(start), 2 * triple(start + 3), 1 + triple(start + 6), 1 + triple(start + 9));
                }
            }
            case "ALPH" -> {
                if (pixels == null) {
                    alpha = copy(start, length);
                }
            }
            case "VP8 ", "VP8L" -> {
                if (pixels == null) {
                    pixels = copy(start, length);
                    lossless = chunk.equals("VP8L");
                }
            }
            case "EXIF" -> orientation = TiffTags.orientation(copy(start, length));
            default -> { }
        }
    }

    private void readFrameSize() throws ImageException {
        if (pixels == null) {
            throw new ImageException("damaged WebP: no pixels");
        }
        ByteBuffer frame = ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN);
        int size = frame.getInt(lossless ? 1 : 6);
        int width = lossless ? 1 + (size & SIDE) : size & SIDE;
        int height = lossless ? 1 + (size >> 14 & SIDE) : size >> 16 & SIDE;
        if (canvas == null) {
            canvas = Canvas.of(width, height);
        } else if (canvas.frameWidth() != width || canvas.frameHeight() != height) {
            throw new ImageException("damaged WebP: the frame has another size than its header says");
        }
    }

    private byte[] copy(int start, int length) {
        return Arrays.copyOfRange(file.array(), start, start + length);
    }

    private int triple(int position) {
        return file.getShort(position) & 0xFFFF | (file.get(position + 2) & 0xFF) << 16;
    }

    @Override
    public int width() {
        return canvas.width();
    }

    @Override
    public int height() {
        return canvas.height();
    }

    @Override
    public long memory(int step) {
        return canvas.memory();
    }

    @Override
    public DecodedImage decode(int step) throws IOException {
        return orientation.upright(canvas.place(Pixels.of(Readers.image("webp", pixelStream(), step))));
    }

    /** A file of the frame alone. */
    private byte[] pixelStream() {
        boolean extended = alpha != null && !lossless;
        ByteBuffer riff = ByteBuffer.allocate(64 + pixels.length + (extended ? alpha.length : 0)).order(ByteOrder.LITTLE_ENDIAN);
        riff.put(bytes("RIFF")).putInt(0).put(bytes("WEBP"));
        if (extended) {
            riff.put(bytes("VP8X")).putInt(10).putInt(ALPHA);
            putTriple(riff, canvas.frameWidth() - 1);
            putTriple(riff, canvas.frameHeight() - 1);
            putChunk(riff, "ALPH", alpha);
        }
        putChunk(riff, lossless ? "VP8L" : "VP8 ", pixels);
        riff.putInt(4, riff.position() - CHUNK_HEADER);
        return Arrays.copyOf(riff.array(), riff.position());
    }

    private static void putChunk(ByteBuffer riff, String name, byte[] content) {
        riff.put(bytes(name)).putInt(content.length).put(content);
        if (content.length % 2 != 0) {
            riff.put((byte) 0);
        }
    }

    private static void putTriple(ByteBuffer riff, int value) {
        riff.putShort((short) value).put((byte) (value >> 16));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

package alexnet.core.data.decode;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The first frame of a GIF in its place on the whole screen, which is clear if the frame has a transparent colour. */
final class GifPicture implements Picture {

    private static final int SCREEN_END = 13;
    private static final int DESCRIPTOR_LENGTH = 10;
    private static final byte GRAPHIC_CONTROL = (byte) 0xF9;
    private static final int WHITE = 0xFFFFFF;

    private static final int INTERLACED = 0x40;
    /** First row and distance of the rows of each pass. */
    private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    private final byte[] bytes;
    private final Canvas canvas;
    private final boolean interlaced;

    private GifPicture(byte[] bytes, Canvas canvas, boolean interlaced) {
        this.bytes = bytes;
        this.canvas = canvas;
        this.interlaced = interlaced;
    }

    static GifPicture open(byte[] content) throws ImageException {
        byte[] bytes = content.clone();
        try {
            ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int position = SCREEN_END + tableLength(file.get(10));
            boolean transparent = false;
            while (file.get(position) == '!') {
                transparent |= file.get(position + 1) == GRAPHIC_CONTROL && (file.get(position + 3) & 1) != 0;
                position = endOfBlocks(file, position + 2);
            }
            if (file.get(position) != ',') {
                throw new ImageException("damaged GIF: no frame");
            }
            Canvas canvas = Canvas.empty(word(file, 6), word(file, 8), transparent ? WHITE : background(file))
                    .with(word(file, position + 1), word(file, position + 3), word(file, position + 5), word(file, position + 7));
            int flags = file.get(position + 9);
            endOfBlocks(file, position + DESCRIPTOR_LENGTH + tableLength(flags) + 1);
            // The reader gets the order of rows wrong where a pass has none.
            file.put(position + 9, (byte) (flags & ~INTERLACED));
            return new GifPicture(bytes, canvas, (flags & INTERLACED) != 0);
        } catch (IndexOutOfBoundsException e) {
            throw new ImageException("damaged or truncated GIF", e);
        }
    }

    /** The colour that an opaque file says to fill its screen with; white if it has no table of colours for all frames. */
    private static int background(ByteBuffer file) {
        int table = tableLength(file.get(10));
        int colour = 3 * (file.get(11) & 0xFF);
        return colour >= table ? WHITE : (file.get(SCREEN_END + colour) & 0xFF) << 16
                | (file.get(SCREEN_END + colour + 1) & 0xFF) << 8 | file.get(SCREEN_END + colour + 2) & 0xFF;
    }

    private static int word(ByteBuffer file, int position) {
        return file.getShort(position) & 0xFFFF;
    }

    private static int tableLength(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private static int endOfBlocks(ByteBuffer file, int position) {
        while (file.get(position) != 0) {
            position += 1 + (file.get(position) & 0xFF);
        }
        return position + 1;
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
        var counter = new RowCounter();
        BufferedImage frame = Readers.read("gif", bytes, reader -> {
            reader.addIIOReadUpdateListener(counter);
            return reader.read(0);
        });
        if (counter.rows < canvas.frameHeight()) {
            throw new ImageException("damaged or truncated GIF");
        }
        DecodedImage pixels = Pixels.of(frame);
        return canvas.place(interlaced ? inOrder(pixels) : pixels);
    }

    private static DecodedImage inOrder(DecodedImage stored) {
        var image = new DecodedImage(stored.channels(), stored.height(), stored.width());
        int width = image.width();
        int row = 0;
        for (int[] pass : PASSES) {
            for (int y = pass[0]; y < image.height(); y += pass[1], row++) {
                for (int plane = 0; plane < image.pixels().length; plane += image.area()) {
                    System.arraycopy(stored.pixels(), plane + row * width, image.pixels(), plane + y * width, width);
                }
            }
        }
        return image;
    }
}

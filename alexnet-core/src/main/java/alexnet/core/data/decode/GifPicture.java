package alexnet.core.data.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The first frame of a GIF in its place on the whole screen, which is clear if the frame has a transparent colour. */
final class GifPicture implements Picture {

    private static final int SCREEN_END = 13;
    private static final int DESCRIPTOR_LENGTH = 10;
    private static final byte GRAPHIC_CONTROL = (byte) 0xF9;
    private static final int WHITE = 0xFFFFFF;

    private final byte[] bytes;
    private final Canvas canvas;

    private GifPicture(byte[] bytes, Canvas canvas) {
        this.bytes = bytes;
        this.canvas = canvas;
    }

    static GifPicture open(byte[] bytes) throws ImageException {
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
            Canvas canvas = Canvas.empty(word(file, 6), word(file, 8), transparent ? WHITE : background(file)).with(word(file, position + 1), word(file, position + 3),
                    word(file, position + 5), word(file, position + 7));
            int pixels = position + DESCRIPTOR_LENGTH + tableLength(file.get(position + 9));
            endOfBlocks(file, pixels + 1);
            return new GifPicture(bytes, canvas);
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
    public boolean subsamples() {
        return false;
    }

    @Override
    public long memory(int step) {
        return canvas.memory();
    }

    @Override
    public DecodedImage decode(int step) throws IOException {
        return canvas.place(Pixels.of(Readers.image("gif", bytes, step)));
    }
}

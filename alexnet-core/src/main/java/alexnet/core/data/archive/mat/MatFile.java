package alexnet.core.data.archive.mat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.InflaterInputStream;

import alexnet.core.data.DataException;

/**
 * Reads MATLAB files of level 5, what {@code save -v6} and {@code -v7} write ("MAT-File Format", MathWorks). A reader of our own, as
 * those that there are take memory by what the file claims: here nothing is taken that its bytes do not fill, and what is compressed
 * may not become larger than {@value #INFLATED_LIMIT} bytes.
 */
public final class MatFile {

    private static final int HEADER = 128;
    private static final int ENDIAN = 126;
    private static final int INFLATED_LIMIT = 1 << 25;

    private MatFile() {
    }

    /**
     * The variables of a file by their names.
     *
     * @param name what messages call it
     * @throws DataException if it is none, or damaged
     */
    public static Map<String, MatValue> read(byte[] file, String name) {
        try {
            return variables(file);
        } catch (IllegalArgumentException e) {
            throw new DataException(name + " is no MATLAB file of level 5, or damaged (" + e.getMessage() + "): get it anew", e);
        }
    }

    private static Map<String, MatValue> variables(byte[] file) {
        if (file.length < HEADER) {
            throw new IllegalArgumentException("it has " + file.length + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(file);
        bytes.order(switch (new String(file, ENDIAN, 2, StandardCharsets.ISO_8859_1)) {
            case "IM" -> ByteOrder.LITTLE_ENDIAN;
            case "MI" -> ByteOrder.BIG_ENDIAN;
            default -> throw new IllegalArgumentException("its header does not say how its bytes are ordered");
        });
        bytes.position(HEADER);
        Map<String, MatValue> variables = new LinkedHashMap<>();
        long inflated = 0;
        while (bytes.remaining() >= MatElement.TAG) {
            MatElement element = MatElement.read(bytes);
            if (element.type() == MatType.COMPRESSED) {
                ByteBuffer content = inflate(element.bytes(), INFLATED_LIMIT - inflated);
                inflated += content.limit();
                element = MatElement.read(content);
            }
            if (element.type() == MatType.MATRIX && element.bytes().hasRemaining()) {
                MatArray array = MatArray.read(element.bytes(), 0);
                variables.put(array.name(), array.value());
            }
        }
        return variables;
    }

    private static ByteBuffer inflate(ByteBuffer compressed, long limit) {
        byte[] input = new byte[compressed.remaining()];
        compressed.get(input);
        try (var stream = new InflaterInputStream(new ByteArrayInputStream(input))) {
            byte[] content = stream.readNBytes((int) limit + 1);
            if (content.length > limit) {
                throw new IllegalArgumentException("what is compressed in it has more than " + INFLATED_LIMIT + " bytes");
            }
            return ByteBuffer.wrap(content).order(compressed.order());
        } catch (IOException e) {
            throw new IllegalArgumentException("what is compressed in it cannot be read", e);
        }
    }
}

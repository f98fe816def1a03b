package alexnet.core.weights.protobuf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;

/** The first fields of what may be a message: such files have no magic number. */
public final class ProtobufHead {

    /**
     * A field.
     *
     * @param tag     its number and type
     * @param content its bytes as far as they are there, of one that has a length
     */
    public record Field(int tag, ByteBuffer content) {
    }

    private ProtobufHead() {
    }

    /** The fields that begin in a file's first bytes, up to the first that is none. */
    public static List<Field> fields(ByteBuffer head) {
        List<Field> fields = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(head.duplicate());
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagWireType(tag) != ProtobufReader.LENGTH) {
                    in.skipField(tag);
                    fields.add(new Field(tag, ByteBuffer.allocate(0)));
                    continue;
                }
                int length = in.readRawVarint32();
                int at = head.position() + in.getTotalBytesRead();
                int there = Math.min(length, head.limit() - at);
                if (length < 0) {
                    break;
                }
                fields.add(new Field(tag, head.slice(at, there)));
                in.skipRawBytes(length);
            }
        } catch (IOException end) {
            // What is there is cut off, or no field.
        }
        return fields;
    }
}

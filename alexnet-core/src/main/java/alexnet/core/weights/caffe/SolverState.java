package alexnet.core.weights.caffe;

import static alexnet.core.weights.protobuf.ProtobufReader.LENGTH;
import static alexnet.core.weights.protobuf.ProtobufReader.NUMBER;
import static alexnet.core.weights.protobuf.ProtobufReader.VARINT;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

import alexnet.core.weights.protobuf.ProtobufHead;
import alexnet.core.weights.protobuf.ProtobufHead.Field;

/** What Caffe writes beside a network while it trains: momenta, which are not read. */
public final class SolverState {

    private static final int ITERATION = 1 << NUMBER | VARINT;
    private static final int HISTORY = 3 << NUMBER | LENGTH;
    private static final Set<Integer> FIELDS = Set.of(ITERATION, 2 << NUMBER | LENGTH, HISTORY, 4 << NUMBER | VARINT);

    private SolverState() {
    }

    /** Whether a file with these first bytes is one. */
    public static boolean recognises(ByteBuffer head) {
        List<Field> fields = ProtobufHead.fields(head);
        return fields.stream().allMatch(field -> FIELDS.contains(field.tag())) && fields.stream().anyMatch(field -> field.tag() == ITERATION)
                && fields.stream().anyMatch(field -> field.tag() == HISTORY);
    }
}

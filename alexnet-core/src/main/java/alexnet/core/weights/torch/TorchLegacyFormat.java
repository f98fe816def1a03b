package alexnet.core.weights.torch;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import alexnet.core.weights.MappedWeights;
import alexnet.core.weights.MappedWeights.Contents;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsFormat;
import alexnet.core.weights.torch.PickleValue.Items;
import alexnet.core.weights.torch.PickleValue.Storage;
import alexnet.core.weights.torch.PickleValue.Text;
import alexnet.core.weights.torch.PickleValue.Whole;

/**
 * What {@code torch.save} wrote from 0.1.10 to 1.5: pickles of a magic number, a version, facts about the machine, the object, and the
 * keys of its storages; then each storage, a count of elements and the elements, least significant byte first on all machines.
 */
public final class TorchLegacyFormat implements WeightsFormat {

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final BigInteger VERSION = BigInteger.valueOf(1001);
    private static final int FIRST_OPCODE = 0x80;
    /** Of the first pickle, whatever its protocol. */
    private static final int MAGIC_WITHIN = 32;

    @Override
    public String name() {
        return "PyTorch legacy";
    }

    @Override
    public boolean recognises(ByteBuffer head, long size) {
        byte[] first = new byte[Math.min(head.limit(), MAGIC_WITHIN)];
        head.get(0, first);
        return first.length > 0 && (first[0] & 0xFF) == FIRST_OPCODE
                && new String(first, StandardCharsets.ISO_8859_1).contains(littleEndian(MAGIC));
    }

    @Override
    public WeightsFile open(Path file) throws IOException {
        Refusal refusal = new Refusal(file);
        return MappedWeights.open(file, name(), bytes -> new Reader(bytes, refusal).contents());
    }

    private static String littleEndian(BigInteger number) {
        return new StringBuilder(new String(number.toByteArray(), StandardCharsets.ISO_8859_1)).reverse().toString();
    }

    /** A file being read from its beginning to its end. */
    private static final class Reader {

        private static final ValueLayout.OfLong COUNT = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

        private final MemorySegment whole;
        private final Refusal refusal;
        private final TorchGlobals globals;
        private long position;

        Reader(MemorySegment whole, Refusal refusal) {
            this.whole = whole;
            this.refusal = refusal;
            this.globals = new TorchGlobals(refusal);
        }

        Contents contents() {
            refusal.require(pickle() instanceof Whole magic && magic.value().equals(MAGIC), "it does not begin with PyTorch's number");
            if (!(pickle() instanceof Whole version && version.value().equals(VERSION))) {
                throw refusal.of("is of a version of PyTorch's legacy format that is not known");
            }
            pickle();
            PickleValue root = pickle();
            if (!(pickle() instanceof Items keys)) {
                throw refusal.damaged("it does not list its storages");
            }
            Map<String, MemorySegment> storages = new HashMap<>();
            for (PickleValue key : keys.values()) {
                Storage storage = key instanceof Text text ? globals.storages().get(text.value()) : null;
                refusal.require(storage != null, "it lists a storage that no tensor is in");
                refusal.require(storages.put(storage.key(), elements(storage)) == null, "it has two storages of the key " + storage.key());
            }
            return new TorchContents(storages, ByteOrder.LITTLE_ENDIAN, refusal).of(root);
        }

        private PickleValue pickle() {
            ByteBuffer bytes = TorchContents.pickle(whole.asSlice(position));
            PickleValue value = Unpickler.read(bytes, globals, refusal);
            position += bytes.position();
            return value;
        }

        private MemorySegment elements(Storage storage) {
            refusal.require(whole.byteSize() - position >= Long.BYTES, "it ends, or is cut off, before its storage " + storage.key());
            long count = whole.get(COUNT, position);
            position += Long.BYTES;
            refusal.require(count == storage.elements(), "its storage " + storage.key() + " has " + count + " elements, its pickle says "
                    + storage.elements());
            refusal.require(count <= (whole.byteSize() - position) / storage.elementSize(), "it ends, or is cut off, within its storage " + storage.key());
            MemorySegment elements = whole.asSlice(position, count * storage.elementSize());
            position += elements.byteSize();
            return elements;
        }
    }
}

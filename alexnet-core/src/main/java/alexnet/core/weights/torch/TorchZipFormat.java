package alexnet.core.weights.torch;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
import alexnet.core.weights.torch.PickleValue.Storage;

/** What {@code torch.save} writes since 1.6: a zip with a pickle, and a member for each storage, none compressed. */
public final class TorchZipFormat implements WeightsFormat {

    private static final int SIGNATURE = 0x04034b50;
    private static final String PICKLE = "data.pkl";

    @Override
    public String name() {
        return "PyTorch zip";
    }

    @Override
    public boolean recognises(ByteBuffer head, long size) {
        return head.limit() >= Integer.BYTES && head.getInt(0) == SIGNATURE;
    }

    @Override
    public WeightsFile open(Path file) throws IOException {
        Refusal refusal = new Refusal(file);
        return MappedWeights.open(file, name(), bytes -> read(bytes, refusal));
    }

    private static Contents read(MemorySegment whole, Refusal refusal) {
        ZipMembers members = ZipMembers.of(whole, refusal);
        if (members.contain("constants.pkl")) {
            throw refusal.of("holds a program of TorchScript, which is not executed here; save its weights alone: torch.save(model.state_dict(), ...)");
        }
        if (!members.contain(PICKLE)) {
            throw refusal.of("is a zip, but no file of PyTorch's: it has no member " + PICKLE);
        }
        TorchGlobals globals = new TorchGlobals(refusal);
        PickleValue root = Unpickler.read(TorchContents.pickle(members.bytes(PICKLE)), globals, refusal);
        Map<String, MemorySegment> storages = new HashMap<>();
        for (Storage storage : globals.storages().values()) {
            MemorySegment bytes = members.bytes("data/" + storage.key());
            refusal.require(bytes.byteSize() / storage.elementSize() == storage.elements(), "its storage " + storage.key() + " has "
                    + bytes.byteSize() + " bytes, its pickle says " + storage.elements() + " elements of " + storage.elementSize() + " each");
            storages.put(storage.key(), bytes);
        }
        return new TorchContents(storages, order(members, refusal), refusal).of(root);
    }

    /** Files of before 2.1 don't say, and are of machines that are like nearly all. */
    private static ByteOrder order(ZipMembers members, Refusal refusal) {
        if (!members.contain("byteorder")) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        MemorySegment said = members.bytes("byteorder");
        return switch (new String(said.asSlice(0, Math.min(said.byteSize(), 16)).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII)) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw refusal.damaged("its member byteorder says neither little nor big");
        };
    }
}

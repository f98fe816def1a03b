package alexnet.core.weights.torch;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import alexnet.core.checkpoint.DataType;
import alexnet.core.weights.torch.PickleValue.Dictionary;
import alexnet.core.weights.torch.PickleValue.Global;
import alexnet.core.weights.torch.PickleValue.Items;
import alexnet.core.weights.torch.PickleValue.Other;
import alexnet.core.weights.torch.PickleValue.Storage;
import alexnet.core.weights.torch.PickleValue.TensorView;
import alexnet.core.weights.torch.PickleValue.Text;
import alexnet.core.weights.torch.PickleValue.Tuple;
import alexnet.core.weights.torch.PickleValue.Whole;

/** The functions and classes that a pickle of weights may name, and what they make here: values, by nobody's code but this. */
final class TorchGlobals {

    /** Of files with a network's classes and not only its weights. */
    static final String MODULE = "holds a whole module";
    /** What to do about them. */
    static final String MODULE_ADVICE = ", whose code is not executed here; save its weights alone: torch.save(model.state_dict(), ...)";

    private static final Map<String, DataType> STORAGES = Map.of(
            "DoubleStorage", DataType.F64, "FloatStorage", DataType.F32, "HalfStorage", DataType.F16, "BFloat16Storage", DataType.BF16,
            "LongStorage", DataType.I64, "IntStorage", DataType.I32, "ShortStorage", DataType.I16, "CharStorage", DataType.I8,
            "ByteStorage", DataType.U8, "BoolStorage", DataType.BOOL);
    private static final Map<String, DataType> TYPES = Map.ofEntries(
            Map.entry("torch.float64", DataType.F64), Map.entry("torch.float32", DataType.F32), Map.entry("torch.float16", DataType.F16),
            Map.entry("torch.bfloat16", DataType.BF16), Map.entry("torch.float8_e4m3fn", DataType.F8_E4M3),
            Map.entry("torch.float8_e5m2", DataType.F8_E5M2), Map.entry("torch.int64", DataType.I64), Map.entry("torch.int32", DataType.I32),
            Map.entry("torch.int16", DataType.I16), Map.entry("torch.int8", DataType.I8), Map.entry("torch.uint64", DataType.U64),
            Map.entry("torch.uint32", DataType.U32), Map.entry("torch.uint16", DataType.U16), Map.entry("torch.uint8", DataType.U8),
            Map.entry("torch.bool", DataType.BOOL));
    private static final String UNTYPED = "torch.storage.UntypedStorage";
    /** What checkpoints hold beside tensors: none of it is looked at. */
    private static final Set<String> IGNORED = Set.of("torch.device", "torch.serialization._get_layout", "_codecs.encode",
            "collections.Counter", "argparse.Namespace");
    private static final int DIMENSIONS = 64;

    private final Refusal refusal;
    private final Map<String, Storage> storages = new HashMap<>();
    private long entriesCopied;

    TorchGlobals(Refusal refusal) {
        this.refusal = refusal;
    }

    /** Whether a name, such as {@code collections.OrderedDict}, is one of them. */
    static boolean isKnown(String name) {
        return switch (name) {
            case "collections.OrderedDict", "torch.Size", "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2",
                    "torch._utils._rebuild_tensor_v3", "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state",
                    "__builtin__.set", "builtins.set", UNTYPED -> true;
            default -> IGNORED.contains(name) || TYPES.containsKey(name) || type(name) != null;
        };
    }

    /** What a function makes of its arguments. */
    PickleValue call(Global function, List<PickleValue> arguments) {
        return switch (function.name()) {
            case "collections.OrderedDict" -> dictionary(arguments);
            case "torch.Size", "__builtin__.set", "builtins.set" -> arguments.isEmpty() ? new Items(List.of()) : arguments.getFirst();
            case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> view(arguments, null);
            case "torch._utils._rebuild_tensor_v3" -> view(arguments,
                    arguments.size() > 6 && arguments.get(6) instanceof Global type ? TYPES.get(type.name()) : null);
            case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" -> {
                refusal.require(!arguments.isEmpty() && arguments.getFirst() instanceof TensorView, "its pickle has a parameter without a tensor");
                yield arguments.getFirst();
            }
            case String name when IGNORED.contains(name) -> Other.OTHER;
            default -> throw refusal.damaged("its pickle calls " + function.name() + ", which is no function");
        };
    }

    /** Python 2 wrote the entries of an ordered dictionary as a list of pairs. */
    private Dictionary dictionary(List<PickleValue> arguments) {
        Map<String, PickleValue> entries = new LinkedHashMap<>();
        if (!arguments.isEmpty()) {
            List<PickleValue> pairs = values(arguments.getFirst());
            entriesCopied += pairs.size();
            refusal.require(entriesCopied <= Unpickler.INSTRUCTIONS, "its pickle copies the same entries over and over");
            for (PickleValue pair : pairs) {
                List<PickleValue> entry = values(pair);
                refusal.require(entry.size() == 2, "its pickle has a dictionary that is none");
                if (entry.getFirst() instanceof Text key && entries.putIfAbsent(key.value(), entry.get(1)) != null) {
                    throw refusal.damaged("it has two entries of the name " + key.value());
                }
            }
        }
        return new Dictionary(entries);
    }

    /**
     * The storage that a persistent identifier names.
     *
     * @param identifier ('storage', type, key, device, elements), and in the legacy format the part of it that is meant
     */
    Storage storage(PickleValue identifier) {
        List<PickleValue> fields = values(identifier);
        if (!fields.isEmpty() && fields.getFirst() instanceof Text kind && kind.value().equals("module")) {
            throw refusal.of(MODULE + MODULE_ADVICE);
        }
        refusal.require(fields.size() >= 5 && fields.getFirst() instanceof Text kind && kind.value().equals("storage")
                && fields.get(1) instanceof Global, "its pickle refers to something outside that is no storage");
        String typeName = ((Global) fields.get(1)).name();
        DataType type = type(typeName);
        refusal.require(type != null || typeName.equals(UNTYPED), "its pickle has a storage of the type " + typeName);
        String key = switch (fields.get(2)) {
            case Text text -> text.value();
            case Whole whole -> whole.value().toString();
            default -> throw refusal.damaged("its pickle has a storage without a key");
        };
        Storage whole = new Storage(key, type, natural(fields.get(4), "the length of storage " + key), 0);
        refusal.require(whole.elements() <= Long.MAX_VALUE / Double.BYTES, "its storage " + key + " is larger than any file");
        Storage before = storages.putIfAbsent(key, whole);
        refusal.require(before == null || before.equals(whole), "its pickle describes the storage " + key + " in two ways");
        if (fields.size() > 5 && !(fields.get(5) instanceof Other)) {
            List<PickleValue> part = values(fields.get(5));
            refusal.require(part.size() == 3, "its pickle has a part of storage " + key + " that is none");
            return new Storage(key, type, whole.elements(), natural(part.get(1), "the offset of a part of storage " + key));
        }
        return whole;
    }

    /** All storages that a pickle has named, by their keys. */
    Map<String, Storage> storages() {
        return storages;
    }

    private TensorView view(List<PickleValue> arguments, DataType stated) {
        refusal.require(arguments.size() >= 4 && arguments.getFirst() instanceof Storage, "its pickle has a tensor without a storage");
        Storage storage = (Storage) arguments.getFirst();
        DataType type = storage.type() == null ? stated : storage.type();
        refusal.require(type != null, "its pickle has a tensor in storage " + storage.key() + " without a type");
        List<Long> shape = naturals(arguments.get(2), "a length of a tensor in storage " + storage.key());
        List<Long> strides = naturals(arguments.get(3), "a stride of a tensor in storage " + storage.key());
        refusal.require(shape.size() == strides.size() && shape.stream().allMatch(length -> length <= Integer.MAX_VALUE),
                "its pickle has a tensor in storage " + storage.key() + " of shape " + shape + " and strides " + strides);
        long elements = storage.elements() * storage.elementSize() / type.size();
        BigInteger offset = BigInteger.valueOf(storage.offset()).add(BigInteger.valueOf(natural(arguments.get(1), "the offset of a tensor")));
        BigInteger end = offset;
        if (!shape.contains(0L)) {
            end = end.add(BigInteger.ONE);
            for (int i = 0; i < shape.size(); i++) {
                end = end.add(BigInteger.valueOf(shape.get(i) - 1).multiply(BigInteger.valueOf(strides.get(i))));
            }
        }
        refusal.require(end.compareTo(BigInteger.valueOf(elements)) <= 0, "a tensor of shape " + shape + " with strides " + strides + " at "
                + offset + " goes beyond the " + elements + " elements of its storage " + storage.key());
        return new TensorView(storage, type, offset.longValueExact(), shape.stream().map(Long::intValue).toList(), strides);
    }

    private List<Long> naturals(PickleValue value, String what) {
        refusal.require(values(value).size() <= DIMENSIONS, "its pickle has a tensor of " + values(value).size() + " dimensions");
        List<Long> naturals = new ArrayList<>();
        for (PickleValue number : values(value)) {
            naturals.add(natural(number, what));
        }
        return naturals;
    }

    private long natural(PickleValue value, String what) {
        refusal.require(value instanceof Whole number && number.value().signum() >= 0 && number.value().bitLength() < Long.SIZE,
                what + " is no natural number");
        return ((Whole) value).value().longValue();
    }

    private List<PickleValue> values(PickleValue value) {
        return switch (value) {
            case Tuple tuple -> tuple.values();
            case Items items -> items.values();
            default -> throw refusal.damaged("its pickle has something else where a tuple should be");
        };
    }

    private static DataType type(String name) {
        for (String module : List.of("torch.", "torch.cuda.")) {
            if (name.startsWith(module) && STORAGES.containsKey(name.substring(module.length()))) {
                return STORAGES.get(name.substring(module.length()));
            }
        }
        return null;
    }
}

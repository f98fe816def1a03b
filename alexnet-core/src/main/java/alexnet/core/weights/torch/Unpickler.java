package alexnet.core.weights.torch;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import alexnet.core.weights.torch.PickleValue.Dictionary;
import alexnet.core.weights.torch.PickleValue.Global;
import alexnet.core.weights.torch.PickleValue.Items;
import alexnet.core.weights.torch.PickleValue.Other;
import alexnet.core.weights.torch.PickleValue.Real;
import alexnet.core.weights.torch.PickleValue.Text;
import alexnet.core.weights.torch.PickleValue.Truth;
import alexnet.core.weights.torch.PickleValue.Tuple;
import alexnet.core.weights.torch.PickleValue.Whole;

/**
 * The machine that pickles are programs for, of our own as those that there are build whatever a pickle names and take memory by what
 * it claims. Here a name that is not one of {@link TorchGlobals} ends the reading, each instruction takes memory by the bytes that it
 * has, and there is a limit to their number; none calls itself, so depth costs no stack.
 */
final class Unpickler {

    /** Some 40 a tensor: enough for tens of thousands of tensors, and at most some hundreds of megabytes. */
    static final int INSTRUCTIONS = 1 << 21;
    private static final int HIGHEST_PROTOCOL = 5;

    private final PickleBytes bytes;
    private final TorchGlobals globals;
    private final Refusal refusal;
    private final List<PickleValue> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Long, PickleValue> memo = new HashMap<>();

    private Unpickler(PickleBytes bytes, TorchGlobals globals, Refusal refusal) {
        this.bytes = bytes;
        this.globals = globals;
        this.refusal = refusal;
    }

    /**
     * Reads one pickle and leaves the buffer behind it.
     *
     * @throws alexnet.core.checkpoint.CheckpointException if it is damaged, or names what no file of weights needs
     */
    static PickleValue read(ByteBuffer pickle, TorchGlobals globals, Refusal refusal) {
        return new Unpickler(new PickleBytes(pickle, refusal), globals, refusal).run();
    }

    private PickleValue run() {
        for (int i = 0; i < INSTRUCTIONS; i++) {
            int at = bytes.position();
            int code = bytes.unsignedByte();
            Opcode opcode = Opcode.of(code);
            refusal.require(opcode != null, "its pickle has at byte " + at + " the instruction " + code + ", which none has that describes tensors");
            if (opcode == Opcode.STOP) {
                return pop();
            }
            execute(opcode);
        }
        throw refusal.of("has a pickle of more than " + INSTRUCTIONS + " instructions, more than the weights of a network take");
    }

    private void execute(Opcode opcode) {
        switch (opcode) {
            case PROTO -> {
                int protocol = bytes.unsignedByte();
                refusal.require(protocol <= HIGHEST_PROTOCOL, "its pickle is of protocol " + protocol);
            }
            // Frames only say how much to read ahead.
            case FRAME -> bytes.signedLong();
            case MARK -> marks.push(stack.size());
            case POP -> pop();
            case POP_MARK -> popToMark();
            case DUP -> push(top());

            case NONE -> push(Other.OTHER);
            case NEWTRUE -> push(new Truth(true));
            case NEWFALSE -> push(new Truth(false));
            case INT -> push(intLine(bytes.line()));
            case BININT -> push(whole(bytes.signedInt()));
            case BININT1 -> push(whole(bytes.unsignedByte()));
            case BININT2 -> push(whole(bytes.unsignedShort()));
            case LONG -> push(new Whole(bytes.whole(bytes.line())));
            case LONG1 -> push(new Whole(bytes.whole(bytes.unsignedByte())));
            case LONG4 -> push(new Whole(bytes.whole(bytes.signedInt())));
            case FLOAT -> push(new Real(bytes.realLine()));
            case BINFLOAT -> push(new Real(bytes.bigEndianDouble()));

            case STRING -> push(new Text(unquoted(bytes.line())));
            case UNICODE -> push(new Text(bytes.line()));
            case SHORT_BINSTRING, SHORT_BINUNICODE -> push(new Text(bytes.text(bytes.unsignedByte())));
            case BINSTRING -> push(new Text(bytes.text(bytes.signedInt())));
            case BINUNICODE -> push(new Text(bytes.text(bytes.unsignedInt())));
            case BINUNICODE8 -> push(new Text(bytes.text(bytes.signedLong())));
            case SHORT_BINBYTES -> pushBytes(bytes.unsignedByte());
            case BINBYTES -> pushBytes(bytes.unsignedInt());
            case BINBYTES8, BYTEARRAY8 -> pushBytes(bytes.signedLong());

            case EMPTY_LIST, EMPTY_SET -> push(new Items(new ArrayList<>(0)));
            case LIST, FROZENSET -> push(new Items(popToMark()));
            case APPEND -> items(List.of(pop()));
            case APPENDS, ADDITEMS -> items(popToMark());
            case EMPTY_TUPLE -> push(new Tuple(List.of()));
            case TUPLE -> push(new Tuple(popToMark()));
            case TUPLE1 -> push(new Tuple(pop(1)));
            case TUPLE2 -> push(new Tuple(pop(2)));
            case TUPLE3 -> push(new Tuple(pop(3)));
            case EMPTY_DICT -> push(new Dictionary(new LinkedHashMap<>()));
            case DICT -> {
                List<PickleValue> entries = popToMark();
                push(new Dictionary(new LinkedHashMap<>()));
                put(entries);
            }
            case SETITEM -> put(pop(2));
            case SETITEMS -> put(popToMark());

            case GET -> get(bytes.whole(bytes.line()).longValue());
            case BINGET -> get(bytes.unsignedByte());
            case LONG_BINGET -> get(bytes.unsignedInt());
            case PUT -> memo.put(bytes.whole(bytes.line()).longValue(), top());
            case BINPUT -> memo.put((long) bytes.unsignedByte(), top());
            case LONG_BINPUT -> memo.put(bytes.unsignedInt(), top());
            case MEMOIZE -> memo.put((long) memo.size(), top());

            case GLOBAL -> {
                String module = bytes.line();
                push(global(module + "." + bytes.line()));
            }
            case STACK_GLOBAL -> {
                List<PickleValue> names = pop(2);
                refusal.require(names.get(0) instanceof Text && names.get(1) instanceof Text, "its pickle names a thing by no name");
                push(global(((Text) names.get(0)).value() + "." + ((Text) names.get(1)).value()));
            }
            case REDUCE, NEWOBJ -> {
                List<PickleValue> call = pop(2);
                refusal.require(call.get(0) instanceof Global && call.get(1) instanceof Tuple, "its pickle calls what is no function");
                push(globals.call((Global) call.get(0), ((Tuple) call.get(1)).values()));
            }
            // What an object has beside what it was made of: of a state dictionary its modules' versions.
            case BUILD -> {
                pop();
                top();
            }
            case BINPERSID -> push(globals.storage(pop()));
            case STOP -> throw new IllegalStateException();
        }
    }

    private Global global(String name) {
        if (TorchGlobals.isKnown(name)) {
            return new Global(name);
        }
        throw refusal.of(bytes.contain("_parameters") && bytes.contain("_modules")
                ? TorchGlobals.MODULE + " (it names " + name + ")" + TorchGlobals.MODULE_ADVICE
                : "names " + name + ", which is not one of what a file of weights needs; it was not executed. Whoever has the network can save its"
                        + " weights alone: torch.save(model.state_dict(), ...)");
    }

    private void push(PickleValue value) {
        stack.add(value);
    }

    private static Whole whole(long value) {
        return new Whole(BigInteger.valueOf(value));
    }

    /** Python 2 wrote true and false so. */
    private PickleValue intLine(String line) {
        return switch (line) {
            case "00" -> new Truth(false);
            case "01" -> new Truth(true);
            default -> new Whole(bytes.whole(line));
        };
    }

    private String unquoted(String line) {
        refusal.require(line.length() >= 2, "its pickle has a string without quotes");
        return line.substring(1, line.length() - 1);
    }

    private void pushBytes(long length) {
        bytes.skip(length);
        push(Other.OTHER);
    }

    private void items(List<PickleValue> more) {
        if (top() instanceof Items items) {
            items.values().addAll(more);
        } else {
            throw refusal.damaged("its pickle adds to a list where none is");
        }
    }

    private void put(List<PickleValue> entries) {
        if (!(top() instanceof Dictionary dictionary)) {
            throw refusal.damaged("its pickle adds to a dictionary where none is");
        }
        refusal.require(entries.size() % 2 == 0, "its pickle adds to a dictionary a key without a value");
        for (int i = 0; i < entries.size(); i += 2) {
            if (entries.get(i) instanceof Text key && dictionary.entries().putIfAbsent(key.value(), entries.get(i + 1)) != null) {
                throw refusal.damaged("it has two entries of the name " + key.value());
            }
        }
    }

    private void get(long number) {
        PickleValue value = memo.get(number);
        refusal.require(value != null, "its pickle refers to a value " + number + " that it has not yet");
        push(value);
    }

    private PickleValue top() {
        require(1);
        return stack.getLast();
    }

    private PickleValue pop() {
        require(1);
        return stack.removeLast();
    }

    private List<PickleValue> pop(int count) {
        require(count);
        return cut(stack.size() - count);
    }

    private List<PickleValue> popToMark() {
        refusal.require(!marks.isEmpty(), "its pickle goes back to a mark that it has not set");
        return cut(marks.pop());
    }

    private List<PickleValue> cut(int start) {
        List<PickleValue> above = stack.subList(start, stack.size());
        List<PickleValue> values = new ArrayList<>(above);
        above.clear();
        return values;
    }

    /** What lies below a mark is out of reach. */
    private void require(int count) {
        refusal.require(stack.size() - (marks.isEmpty() ? 0 : marks.peek()) >= count, "its pickle takes more values than it has built");
    }
}

package alexnet.core.weights.torch;

import static alexnet.core.weights.torch.PickleWriter.pickle;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.weights.torch.PickleValue.Dictionary;
import alexnet.core.weights.torch.PickleValue.Items;
import alexnet.core.weights.torch.PickleValue.Real;
import alexnet.core.weights.torch.PickleValue.Text;
import alexnet.core.weights.torch.PickleValue.Truth;
import alexnet.core.weights.torch.PickleValue.Tuple;
import alexnet.core.weights.torch.PickleValue.Whole;

class UnpicklerTest {

    private static final int MANY = 1 << 20;

    private static PickleValue read(byte[] pickle) {
        Refusal refusal = new Refusal(Path.of("a.pth"));
        return Unpickler.read(ByteBuffer.wrap(pickle), new TorchGlobals(refusal), refusal);
    }

    private static String refusal(byte[] pickle) {
        String message = assertThrows(CheckpointException.class, () -> read(pickle)).getMessage();
        assertTrue(message.startsWith("a.pth "), message);
        assertFalse(message.contains("\n"), message);
        return message.substring("a.pth ".length());
    }

    private static Whole whole(long value) {
        return new Whole(BigInteger.valueOf(value));
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(pickle().code('N'), PickleValue.Other.OTHER),
                Arguments.of(pickle().code(0x88), new Truth(true)),
                Arguments.of(pickle().ascii("I00\n"), new Truth(false)),
                Arguments.of(pickle().ascii("I-12\n"), whole(-12)),
                Arguments.of(pickle().ascii("L123456789012L\n"), whole(123456789012L)),
                Arguments.of(pickle().code('K', 200), whole(200)),
                Arguments.of(pickle().code('M', 1, 255), whole(0xFF01)),
                Arguments.of(pickle().code('J').int32(-5), whole(-5)),
                Arguments.of(pickle().code(0x8a, 0), whole(0)),
                Arguments.of(pickle().code(0x8a, 2, 0, 255), whole(-256)),
                Arguments.of(pickle().code(0x8b).int32(1).code(7), whole(7)),
                Arguments.of(pickle().code('G', 0xC0, 0x0C, 0, 0, 0, 0, 0, 0), new Real(-3.5)),
                Arguments.of(pickle().ascii("F1.5\n"), new Real(1.5)),
                Arguments.of(pickle().ascii("S'abc'\n"), new Text("abc")),
                Arguments.of(pickle().ascii("Vabc\n"), new Text("abc")),
                Arguments.of(pickle().ascii("U\3abc"), new Text("abc")),
                Arguments.of(pickle().code('T').int32(3).ascii("abc"), new Text("abc")),
                Arguments.of(pickle().text("abc"), new Text("abc")),
                Arguments.of(pickle().code(0x8c, 3).ascii("abc"), new Text("abc")),
                Arguments.of(pickle().code(0x8d).int64(3).ascii("abc"), new Text("abc")),
                Arguments.of(pickle().code('C', 3).ascii("abc"), PickleValue.Other.OTHER),
                Arguments.of(pickle().code(']').code('K', 1, 'a'), new Items(List.of(whole(1)))),
                Arguments.of(pickle().code('(', 'K', 1, 'K', 2, 'l'), new Items(List.of(whole(1), whole(2)))),
                Arguments.of(pickle().code('K', 1, 'K', 2, 0x86), new Tuple(List.of(whole(1), whole(2)))),
                Arguments.of(pickle().code('(').text("a").code('K', 2, 'd'), new Dictionary(Map.of("a", whole(2)))),
                Arguments.of(pickle().code('K', 9, 'q', 3, '0', 'h', 3), whole(9)),
                Arguments.of(pickle().ascii("K\11p77\n0g77\n"), whole(9)),
                Arguments.of(pickle().code('K', 9, 0x94, '0').code('j').int32(0), whole(9)),
                Arguments.of(pickle().code('K', 9, '(', 'K', 1, '1'), whole(9)),
                Arguments.of(pickle().code(0x8c, 5).ascii("torch").code(0x8c, 4).ascii("Size").code(0x93, ')', 0x85, 'R'), new Tuple(List.of())));
    }

    @ParameterizedTest
    @MethodSource("values")
    void instructionsBuildValues(PickleWriter pickle, PickleValue expected) {
        assertEquals(expected, read(pickle.end()));
    }

    @ParameterizedTest
    @CsvSource({"os, system", "posix, system", "builtins, eval", "__builtin__, eval", "torch, load", "torch.storage, _load_from_bytes",
        "torch._utils, _rebuild_qtensor", "numpy.core.multiarray, _reconstruct", "collections, namedtuple", "torch, FloatStorage.__class__",
        "torch.FloatStorage, __init__", "'', ''"})
    void whatIsNotOnTheListIsRefusedByItsName(String module, String name) {
        String expected = "names " + module + "." + name + ", which is not one of what a file of weights needs; it was not executed";
        for (byte[] pickle : List.of(pickle().global(module, name).text("touch owned").code(0x85, 'R').end(),
                pickle().text(module).text(name).code(0x93).end())) {
            assertTrue(refusal(pickle).startsWith(expected), refusal(pickle));
        }
    }

    /** Whatever the class of a module is called, it has these. */
    @Test
    void aWholeModuleIsToldFromOtherCode() {
        String refusal = refusal(pickle().code('}').text("model").global("__main__", "Net").code(')', 0x81, '}').text("_parameters").code('}', 's')
                .text("_modules").code('}', 's', 'b', 's').end());
        assertTrue(refusal.startsWith("holds a whole module (it names __main__.Net), whose code is not executed here; save its weights alone"), refusal);
    }

    /** Names are quoted, but cannot make a second line. */
    @Test
    void aNameIsNoMessageOfItsOwn() {
        assertTrue(refusal(pickle().text("os\n").text("a\u001b[2J\nb").code(0x93).end()).startsWith("names os .a [2J b, which"));
    }

    @ParameterizedTest
    @ValueSource(chars = {'i', 'o', '\u0082', '\u0083', '\u0084', '\u0092', '\u0097', '\u0098', 'P', '\u00ff'})
    void instructionsThatOnlyCallCodeAreNotKnown(char code) {
        assertEquals("is damaged: its pickle has at byte 3 the instruction " + (int) code + ", which none has that describes tensors",
                refusal(pickle().code('N', code).ascii("1os\nsystem\n").end()));
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                Arguments.of(pickle().code('X').int32(-1).ascii("abc"), "where 4294967295 more should be"),
                Arguments.of(pickle().code('T').int32(-1).ascii("abc"), "where 18446744073709551615 more should be"),
                Arguments.of(pickle().code(0x8d).int64(Long.MAX_VALUE), "where 9223372036854775807 more should be"),
                Arguments.of(pickle().code(0x8d).int64(-1), "where 18446744073709551615 more should be"),
                Arguments.of(pickle().code(0x8e).int64(1L << 40), "where 1099511627776 more should be"),
                Arguments.of(pickle().code(0x8b).int32(Integer.MAX_VALUE).code(1), "a number of 2147483647 bytes"),
                Arguments.of(pickle().code(0x8b).int32(-1).code(1), "a number of -1 bytes"),
                Arguments.of(pickle().ascii("L" + "9".repeat(MANY) + "\n"), "has the number 999"),
                Arguments.of(pickle().ascii("I1.5\n"), "has the number 1.5"),
                Arguments.of(pickle().ascii("Fone\n"), "has the number one"),
                Arguments.of(pickle().ascii("F" + "9".repeat(MANY) + "x\n"), "has the number 999"),
                Arguments.of(pickle().ascii("I5"), "ends within a line"),
                Arguments.of(pickle().code('j').int32(-1), "refers to a value 4294967295 that it has not yet"),
                Arguments.of(pickle().code('h', 0), "refers to a value 0 that it has not yet"),
                Arguments.of(pickle().code('t'), "goes back to a mark that it has not set"),
                Arguments.of(pickle().code('0'), "takes more values than it has built"),
                Arguments.of(pickle().code('N', '(', 0x85), "takes more values than it has built"),
                Arguments.of(pickle().code('N', 'N', 'a'), "adds to a list where none is"),
                Arguments.of(pickle().code('N', 'N', 'N', 's'), "adds to a dictionary where none is"),
                Arguments.of(pickle().code('}', '(', 'N', 'u'), "a key without a value"),
                Arguments.of(pickle().code('}', '(').text("a").code('N').text("a").code('N', 'u'), "two entries of the name a"),
                Arguments.of(pickle().code('N', 'Q'), "something else where a tuple should be"),
                Arguments.of(pickle().code(')', 'Q'), "refers to something outside that is no storage"),
                Arguments.of(pickle().code('N', ')', 'R'), "calls what is no function"),
                Arguments.of(pickle().global("torch", "FloatStorage").code(')', 'R'), "calls torch.FloatStorage, which is no function"),
                Arguments.of(pickle().global("torch._utils", "_rebuild_tensor_v2").code(')', 'R'), "a tensor without a storage"),
                Arguments.of(pickle().global("torch._utils", "_rebuild_parameter").code('N', 0x85, 'R'), "a parameter without a tensor"),
                Arguments.of(pickle().code(0x80, 6), "is of protocol 6"));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void whatIsNotThereIsNotTaken(PickleWriter pickle, String expected) {
        String refusal = refusal(pickle.end());
        assertTrue(refusal.startsWith("is damaged: ") && refusal.contains(expected), refusal);
    }

    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of(List.of(3), List.of(1), 0, true),
                Arguments.of(List.of(2), List.of(1), 1, true),
                Arguments.of(List.of(2), List.of(2), 0, true),
                Arguments.of(List.of(0), List.of(1), 3, true),
                Arguments.of(List.of(), List.of(), 2, true),
                Arguments.of(List.of(), List.of(), 3, false),
                Arguments.of(List.of(3), List.of(1), 1, false),
                Arguments.of(List.of(2), List.of(3), 0, false),
                Arguments.of(List.of(0), List.of(1), 4, false),
                Arguments.of(List.of(1), List.of(1), Long.MAX_VALUE, false),
                Arguments.of(List.of(2, 2), List.of(Long.MAX_VALUE, Long.MAX_VALUE), 0, false),
                Arguments.of(List.of(Integer.MAX_VALUE, Integer.MAX_VALUE), List.of(Long.MAX_VALUE, 1), 0, false));
    }

    @ParameterizedTest
    @MethodSource("places")
    void tensorsLieWithinTheirStorages(List<Number> shape, List<Number> strides, long offset, boolean fits) {
        byte[] pickle = pickle().tensor("FloatStorage", "0", 3, offset, shape, strides).end();
        if (fits) {
            assertTrue(read(pickle) instanceof PickleValue.TensorView);
        } else {
            assertTrue(refusal(pickle).contains("goes beyond the 3 elements of its storage 0"), refusal(pickle));
        }
    }

    @Test
    void shapesThatNoTensorHasAreRefused() {
        assertTrue(refusal(pickle().tensor("FloatStorage", "0", 3, 0, List.of(-1), List.of(1)).end()).contains("no natural number"));
        assertTrue(refusal(pickle().tensor("FloatStorage", "0", 3, 0, List.of(1L << 32), List.of(0)).end()).contains("of shape [4294967296]"));
        assertTrue(refusal(pickle().tensor("FloatStorage", "0", 3, 0, List.of(1, 1), List.of(1)).end()).contains("and strides [1]"));
        assertTrue(refusal(pickle().tensor("FloatStorage", "0", 3, -1, List.of(1), List.of(1)).end()).contains("no natural number"));
        List<Integer> ones = Collections.nCopies(65, 1);
        assertTrue(refusal(pickle().tensor("FloatStorage", "0", 3, 0, ones, ones).end()).contains("a tensor of 65 dimensions"));
    }

    @Test
    void aStorageIsDescribedInOneWay() {
        byte[] twice = pickle().code('(').storage("FloatStorage", "0", 3).storage("FloatStorage", "0", 3).storage("HalfStorage", "0", 3).code('t').end();
        assertEquals("is damaged: its pickle describes the storage 0 in two ways", refusal(twice));
    }

    @Test
    void depthCostsNoStack() {
        byte[] deep = new byte[MANY + 2];
        Arrays.fill(deep, (byte) 0x85);
        deep[0] = ')';
        deep[MANY + 1] = '.';
        assertTrue(read(deep) instanceof Tuple);
        byte[] marks = new byte[MANY];
        Arrays.fill(marks, (byte) '(');
        assertTrue(refusal(marks).contains("ends, or is cut off, at byte " + MANY));
    }

    @Test
    void thereIsALimitToInstructions() {
        byte[] many = new byte[Unpickler.INSTRUCTIONS + 1];
        Arrays.fill(many, (byte) ']');
        assertTrue(refusal(many).contains("more than the weights of a network take"));
    }

    /** A few bytes that would make as many entries as they are long, over and over. */
    @Test
    void entriesAreNotCopiedWithoutLimit() {
        PickleWriter pickle = pickle().code(']', 'q', 0, '(');
        for (int i = 0; i < 1000; i++) {
            pickle.text("k" + i).code('N', 0x86);
        }
        pickle.code('e', '0');
        for (int i = 0; i < 10_000; i++) {
            pickle.global("collections", "OrderedDict").code('h', 0, 0x85, 'R');
        }
        assertTrue(refusal(pickle.end()).contains("copies the same entries over and over"));
    }
}

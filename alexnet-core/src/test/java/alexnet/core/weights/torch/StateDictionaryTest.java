package alexnet.core.weights.torch;

import static alexnet.core.weights.torch.PickleWriter.pickle;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.checkpoint.CheckpointException;

class StateDictionaryTest {

    private static final Refusal REFUSAL = new Refusal(Path.of("a.pth"));

    private static StateDictionary find(PickleWriter pickle) {
        return StateDictionary.find(Unpickler.read(ByteBuffer.wrap(pickle.end()), new TorchGlobals(REFUSAL), REFUSAL), REFUSAL);
    }

    private static String refusal(PickleWriter pickle) {
        return assertThrows(CheckpointException.class, () -> find(pickle)).getMessage();
    }

    private static PickleWriter entry(PickleWriter pickle, String name) {
        return pickle.text(name).vector("FloatStorage", name, 2).code('s');
    }

    /** A dictionary with a tensor of each name. */
    private static PickleWriter dictionary(PickleWriter pickle, String... names) {
        pickle.code('}');
        for (String name : names) {
            entry(pickle, name);
        }
        return pickle;
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "state_dict", "net", "model_state_dict", "anything"})
    void theDictionaryOfTensorsIsFoundUnderAnyName(String name) {
        StateDictionary found = find(dictionary(pickle().code('}').text("epoch").whole(3).code('s').text(name), "fc.weight", "fc.bias").code('s'));
        assertEquals(List.of("fc.weight", "fc.bias"), List.copyOf(found.tensors().keySet()));
        assertEquals(3, ((PickleValue.Whole) found.beside().get("epoch")).value().intValue());
    }

    @Test
    void itIsFoundInADictionaryInADictionary() {
        StateDictionary found = find(dictionary(pickle().code('}').text("checkpoint").code('}').text("model"), "fc.weight").code('s', 's'));
        assertEquals(List.of("fc.weight"), List.copyOf(found.tensors().keySet()));
    }

    @ParameterizedTest
    @CsvSource({"module.fc.weight, fc.weight", "_orig_mod.fc.weight, fc.weight", "module._orig_mod.fc.weight, fc.weight",
        "features.module.0.weight, features.0.weight", "modules.0.weight, modules.0.weight"})
    void whatWrappersPutIntoNamesIsDropped(String name, String expected) {
        assertEquals(List.of(expected), List.copyOf(find(dictionary(pickle(), name)).tensors().keySet()));
    }

    @Test
    void namesThatBecomeTheSameAreRefused() {
        assertEquals("a.pth is damaged: it has two tensors of the name fc.weight", refusal(dictionary(pickle(), "fc.weight", "module.fc.weight")));
    }

    @Test
    void severalDictionariesAreNamed() {
        PickleWriter pickle = pickle().code('}').text("model");
        dictionary(pickle, "fc.weight").code('s').text("ema");
        assertEquals("a.pth holds several dictionaries of tensors, ema, model: save the one that is meant alone",
                refusal(dictionary(pickle, "fc.bias").code('s')));
    }

    /** An optimiser's momenta are under numbers. */
    @Test
    void whatIsUnderNumbersIsNoNetwork() {
        PickleWriter pickle = dictionary(pickle().code('}').text("model"), "fc.weight").code('s').text("optimizer").code('}').text("state").code('}').whole(0);
        assertEquals(List.of("fc.weight"), List.copyOf(find(dictionary(pickle, "momentum_buffer").code('s', 's', 's')).tensors().keySet()));
    }

    @Test
    void whatHoldsNoTensorsIsRefused() {
        assertEquals("a.pth holds no dictionary of tensors; save one: torch.save(model.state_dict(), ...)", refusal(pickle().whole(5)));
        assertEquals("a.pth holds no dictionary with tensors; its entries are epoch", refusal(pickle().code('}').text("epoch").whole(3).code('s')));
        assertEquals("a.pth holds no dictionary with tensors; its entries are none", refusal(pickle().code('}')));
    }

    /** A thousand names of a dictionary in itself would be a thousand to the power of the depth. */
    @Test
    void aDictionaryInItselfIsSeenOnce() {
        PickleWriter pickle = pickle().code('}', 'q', 0);
        for (int i = 0; i < 1000; i++) {
            pickle.text("self" + i).code('h', 0, 's');
        }
        entry(pickle, "fc.weight");
        assertEquals(List.of("fc.weight"), assertTimeoutPreemptively(Duration.ofSeconds(30), () -> List.copyOf(find(pickle).tensors().keySet())));
    }
}

package alexnet.core.network;

import static alexnet.core.network.Layer.Sees.BOTH_GROUPS;
import static alexnet.core.network.Layer.Sees.OWN_GROUP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTest {

    private static final Initial INITIAL = new Initial(0.01f, 0);

    /** Every kind of seeing: 12 maps, then 20, and 7 classes. */
    private static Architecture architecture(int classes) {
        return new Architecture("made-up", 3, 16, 16, List.of(
                new Layer.Convolution("conv1", 12, 3, 1, 1, BOTH_GROUPS, INITIAL),
                new Layer.Normalization("own", 5, 1e-4f, 0.75f, 2, OWN_GROUP),
                new Layer.Normalization("across", 5, 1e-4f, 0.75f, 2, BOTH_GROUPS),
                new Layer.Normalization("wide", 9, 1e-4f, 0.75f, 2, BOTH_GROUPS),
                new Layer.MaxPool("pool", 3, 2, false),
                new Layer.Convolution("conv2", 20, 3, 1, 1, OWN_GROUP, INITIAL),
                new Layer.Dropout("drop", 0.5f, false),
                new Layer.Convolution("conv3", 20, 3, 1, 1, BOTH_GROUPS, INITIAL),
                new Layer.FullyConnected("fc", classes, INITIAL)));
    }

    private static Partition.Share share(int parts, int part, String layer) {
        return new Partition(architecture(7), parts).shares(part).stream().filter(share -> share.layer().name().equals(layer)).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
            // parts, part, layer, first and last behind the maps that it sees, and that it computes, groups inside, whether parts meet
            "1,0,conv1,0,3,0,12,1,false", "1,0,own,0,12,0,12,2,false", "1,0,across,0,12,0,12,1,false", "1,0,conv2,0,12,0,20,2,false",
            "1,0,conv3,0,20,0,20,1,false", "1,0,fc,0,20,0,7,1,false",
            "2,1,conv1,0,3,6,12,1,false", "2,1,own,6,12,6,12,1,false", "2,0,across,0,8,0,6,1,true", "2,1,across,4,12,6,12,1,true",
            "2,0,wide,0,10,0,6,1,true", "2,1,pool,6,12,6,12,1,false", "2,1,conv2,6,12,10,20,1,false", "2,1,drop,10,20,10,20,1,false",
            "2,1,conv3,0,20,10,20,1,true", "2,0,fc,0,20,0,4,1,true", "2,1,fc,0,20,4,7,1,true",
            "4,1,conv1,0,3,3,6,1,false", "4,1,own,1,6,3,6,1,true", "4,2,own,6,11,6,9,1,true", "4,1,across,1,8,3,6,1,true",
            "4,3,wide,5,12,9,12,1,true", "4,1,wide,0,10,3,6,1,true", "4,2,conv2,6,12,10,15,1,true", "4,3,conv3,0,20,15,20,1,true",
            "4,0,fc,0,20,0,2,1,true", "4,1,fc,0,20,2,4,1,true", "4,2,fc,0,20,4,6,1,true", "4,3,fc,0,20,6,7,1,true",
            "6,4,conv2,6,12,14,17,1,true", "6,5,conv2,6,12,17,20,1,true"})
    void aPartSeesWhatItsLayersSee(int parts, int part, String layer, int seenFrom, int seenTo, int ownFrom, int ownTo, int groups, boolean meets) {
        Partition.Share share = share(parts, part, layer);
        assertEquals(new Range(seenFrom, seenTo), share.seen());
        assertEquals(new Range(ownFrom, ownTo), share.own());
        assertEquals(groups, share.groups());
        assertEquals(meets, share.meets());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 6})
    void theyComputeEveryMapOnceAndInOrder(int parts) {
        Partition partition = new Partition(architecture(7), parts);
        for (int layer = 0; layer < partition.architecture().layers().size(); layer++) {
            int next = 0;
            for (int part = 0; part < parts; part++) {
                Partition.Share share = partition.shares(part).get(layer);
                assertEquals(next, share.own().from());
                assertTrue(share.own().length() > 0);
                next = share.own().to();
            }
            int behind = layer;
            assertEquals(new Partition(partition.architecture(), 1).shares(0).get(layer).own(), new Range(0, next));
            assertEquals(1, IntStream.range(0, parts).mapToObj(part -> partition.shares(part).get(behind).meets()).distinct().count());
        }
    }

    @Test
    void numbersOfPartsThatCannotBeAreRefused() {
        String three = assertThrows(IllegalArgumentException.class, () -> new Partition(architecture(7), 3).require()).getMessage();
        assertEquals("made-up, layer own: the maps of 2 channel groups that do not see each other cannot be shared by 3 parts", three);
        String classes = assertThrows(IllegalArgumentException.class, () -> new Partition(architecture(3), 4).require()).getMessage();
        assertEquals("made-up, layer fc: 3 maps or units cannot be shared by 4 parts", classes);
        assertThrows(IllegalArgumentException.class, () -> new Partition(architecture(7), 0));
    }

    /** Where no layer sees its own group alone, three are as good as two. */
    @Test
    void withoutGroupsThereMayBeAnyNumberOfParts() {
        Partition partition = new Partition(new Architecture("one group", 3, 16, 16, List.of(
                new Layer.Convolution("conv1", 10, 3, 1, 1, BOTH_GROUPS, INITIAL), new Layer.FullyConnected("fc", 4, INITIAL))), 3);
        assertEquals(List.of(new Range(0, 4), new Range(4, 7), new Range(7, 10)),
                IntStream.range(0, 3).mapToObj(part -> partition.shares(part).getFirst().own()).toList());
        assertEquals(List.of(new Range(0, 2), new Range(2, 3), new Range(3, 4)),
                IntStream.range(0, 3).mapToObj(part -> partition.shares(part).getLast().own()).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"1|0|one part", "2|0,1|both groups", "2|1|group 1", "4|0,1,2,3|all parts", "4|3|part 3", "4|1,2|parts 1, 2"})
    void someOfThePartsHaveAName(int parts, String some, String name) {
        assertEquals(name, new Partition(architecture(7), parts).name(List.of(some.split(",")).stream().map(Integer::valueOf).toList()));
    }
}

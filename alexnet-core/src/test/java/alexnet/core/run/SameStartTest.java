package alexnet.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import alexnet.core.data.Fingerprint;
import alexnet.core.data.Fingerprint.Image;
import alexnet.core.data.Fingerprint.Use;
import alexnet.core.replica.Alone;
import alexnet.core.replica.DisagreementException;
import alexnet.core.replica.Threads;

/** What ranks are told when they were not started alike. */
class SameStartTest {

    private static Map<String, String> facts(String version, String lr) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("the program's version", version);
        facts.put("--lr", lr);
        return facts;
    }

    private static List<String> refusals(int size, Map<Integer, Map<String, String>> others) throws InterruptedException {
        return Threads.run(size, ranks -> assertThrows(DisagreementException.class,
                () -> SameStart.require(ranks, others.getOrDefault(ranks.rank(), facts("1", "0.01")))).getMessage());
    }

    @Test
    void equalStartsAreAccepted() throws InterruptedException {
        SameStart.require(Alone.REPLICA, facts("1", "0.01"));
        assertEquals(3, Threads.run(3, ranks -> {
            SameStart.require(ranks, facts("1", "0.01"));
            SameStart.requireImages(ranks, images("a", "b"));
            return true;
        }).size());
    }

    @Test
    void allRanksAreToldWhatDiffersAndWhere() throws InterruptedException {
        assertEquals(Collections.nCopies(3, "the ranks were not started alike: on rank 2 --lr is 0.02, not 0.01 as on rank 0"),
                refusals(3, Map.of(2, facts("1", "0.02"))));
        assertEquals(Collections.nCopies(3, "the ranks were not started alike: on rank 1 the program's version is 2, not 1 as on rank 0; --lr is nothing, not 0.01"
                + " as on rank 0; on rank 2 --lr is 0.1, not 0.01 as on rank 0"), refusals(3, Map.of(1, Map.of("the program's version", "2"), 2, facts("1", "0.1"))));
    }

    private static Fingerprint images(String... names) {
        Map<String, Image> images = new LinkedHashMap<>();
        for (String name : names) {
            images.put(name, new Image(Use.TRAINING, 0, "content of " + name));
        }
        return new Fingerprint(images);
    }

    @Test
    void otherImagesAreNamed() throws InterruptedException {
        List<String> said = Threads.run(3, ranks -> assertThrows(DisagreementException.class,
                () -> SameStart.requireImages(ranks, ranks.rank() == 1 ? images("a") : images("a", "b"))).getMessage());
        assertEquals(Collections.nCopies(3, "the ranks were not started alike: on rank 1 the images are others than on rank 0: 1 missing; the first: b"), said);
        said = Threads.run(2, ranks -> assertThrows(DisagreementException.class,
                () -> SameStart.requireImages(ranks, ranks.isFirst() ? images("a", "b") : images("b", "a"))).getMessage());
        assertTrue(said.getFirst().endsWith("on rank 1 the images are others than on rank 0: the same ones, in another order"), said.getFirst());
    }

    @Test
    void longValuesAreToldApartByAFewDigits() {
        assertEquals(12, SameStart.hash(new byte[1000]).length());
        assertTrue(!SameStart.hash(new byte[1000]).equals(SameStart.hash(new byte[1001])));
    }
}

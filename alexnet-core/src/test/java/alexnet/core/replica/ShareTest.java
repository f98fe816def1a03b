package alexnet.core.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShareTest {

    @Test
    void sharesCoverEveryPlaceOnceInTheOrderOfRanks() {
        for (int batchSize = 1; batchSize <= 20; batchSize++) {
            for (int size = 1; size <= 7; size++) {
                for (int images = 0; images <= batchSize; images++) {
                    int next = 0;
                    for (int rank = 0; rank < size; rank++) {
                        Share share = new Share(rank, size, batchSize);
                        String told = share + " of " + images;
                        assertEquals(next, Math.min(share.begin(images), images), told);
                        assertTrue(share.count(images) >= 0 && share.count(images) <= share.slots(), told);
                        next = share.end(images);
                    }
                    assertEquals(images, next, size + " ranks, " + images + " of " + batchSize);
                }
            }
        }
    }

    @Test
    void laterRanksMayHaveNone() {
        assertEquals(3, new Share(2, 3, 8).slots());
        assertEquals(2, new Share(2, 3, 8).count(8));
        assertEquals(0, new Share(2, 3, 8).count(5));
        assertEquals(0, new Share(3, 4, 5).count(5));
        assertEquals(1_000_000_000, new Share(2, 3, Integer.MAX_VALUE).begin(1_000_000_000));
    }

    @Test
    void aRankThatIsNotThereHasNone() {
        assertThrows(IllegalArgumentException.class, () -> new Share(2, 2, 8));
        assertThrows(IllegalArgumentException.class, () -> new Share(-1, 2, 8));
        assertThrows(IllegalArgumentException.class, () -> Share.whole(0));
    }
}

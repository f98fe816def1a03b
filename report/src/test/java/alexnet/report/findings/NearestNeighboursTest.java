package alexnet.report.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

import alexnet.report.findings.NearestNeighbours.Near;

class NearestNeighboursTest {

    @Test
    void theNearestAreKeptInTheOrderOfTheirDistance() {
        NearestNeighbours nearest = new NearestNeighbours(List.of(new float[] {0, 0}, new float[] {10, 0}), 3);
        float[][] images = {{3, 4}, {0, 1}, {10, 2}, {7, 4}, {-6, 8}, {1, 0}};
        for (int image = 0; image < images.length; image++) {
            nearest.offer(image, images[image]);
        }
        // Images 1 and 5 are equally near: the first comes first.
        assertEquals(List.of(new Near(1, 1), new Near(5, 1), new Near(0, 5)), nearest.of(0));
        assertEquals(List.of(new Near(2, 2), new Near(3, 5), new Near(0, Math.sqrt(65))), nearest.of(1));
    }

    @Test
    void fewerImagesAreAllNeighbours() {
        NearestNeighbours nearest = new NearestNeighbours(List.of(new float[] {1}), 3);
        nearest.offer(7, new float[] {-1});
        assertEquals(List.of(new Near(7, 2)), nearest.of(0));
    }
}

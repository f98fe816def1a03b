package alexnet.core.training;

import alexnet.core.data.DatasetStatistics;
import alexnet.core.group.BatchInputs;
import alexnet.core.network.Architecture;
import alexnet.kernels.CounterRandom;

/**
 * The paper's two forms of data augmentation (section 4.1), drawn for each use of an image: a random crop, mirrored or
 * not, and an offset of its colours along the principal components of the training set's colours.
 */
final class Augmentation {

    private final int margin;
    private final int channels;
    private final float[] components;
    private final float[] deviations;

    /**
     * The noise takes the standard deviations along the principal components, as the original program did: on the scale of
     * 0 to 255 the eigenvalues themselves, which the paper names, are thousands of grey levels.
     */
    Augmentation(Architecture architecture, DatasetStatistics statistics) {
        this.margin = architecture.storedSize() - architecture.inputSize();
        this.channels = architecture.channels();
        this.components = statistics.components();
        this.deviations = statistics.standardDeviations();
    }

    /**
     * Draws for the image at {@code place} of the batch, with the key of this use of it.
     *
     * @param colourNoise standard deviation of the paper's alpha, 0.1
     */
    void apply(BatchInputs inputs, int place, int key, double colourNoise) {
        int images = inputs.labels.getSize();
        inputs.crops.set(place, CounterRandom.below(margin + 1, key, CounterRandom.CROP_TOP, 0),
                CounterRandom.below(margin + 1, key, CounterRandom.CROP_LEFT, 0), CounterRandom.below(2, key, CounterRandom.MIRROR, 0) == 1);
        for (int channel = 0; channel < channels; channel++) {
            double offset = 0;
            for (int i = 0; i < deviations.length; i++) {
                double alpha = colourNoise * CounterRandom.gaussian(key, CounterRandom.COLOUR, i);
                offset += components[i * channels + channel] * alpha * deviations[i];
            }
            inputs.noise.set(channel * images + place, (float) offset);
        }
    }
}

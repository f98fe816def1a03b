package alexnet.core.data.shard;

import java.util.List;

import alexnet.core.data.Skipped;

/**
 * An image that could not be read.
 *
 * @param split  its half; null where it was left out before the images were split
 * @param name   by which it would be stored, see {@link alexnet.core.data.SampleName}
 * @param place  by which it is found, see {@link alexnet.core.data.ImageSource#name}
 * @param reason in a few words
 */
record BadImage(Split split, String name, String place, String reason) {

    static BadImage of(Split split, String name, Skipped skipped) {
        return new BadImage(split, name, skipped.name(), skipped.reason());
    }

    static List<Skipped> skipped(List<BadImage> images) {
        return images.stream().map(bad -> new Skipped(bad.place, bad.reason, true)).toList();
    }
}

package alexnet.report;

import alexnet.core.run.event.FilterBank;

/** Filters of the first layer as pixels, each stretched to its own range: the eye then compares their patterns, not their norms. */
public final class FilterPixels {

    private FilterPixels() {
    }

    /** {@code [size][size]} pixels 0xRRGGBB of a filter; its smallest weight is 0, its largest 255. A filter that is not finite is grey. */
    public static int[] rgb(FilterBank bank, int filter) {
        int area = bank.size() * bank.size();
        int from = filter * bank.channels() * area;
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        boolean finite = true;
        for (int i = from; i < from + bank.channels() * area; i++) {
            finite &= Float.isFinite(bank.weights()[i]);
            low = Math.min(low, bank.weights()[i]);
            high = Math.max(high, bank.weights()[i]);
        }
        float scale = finite && high > low ? 255 / (high - low) : 0;
        int[] pixels = new int[area];
        for (int pixel = 0; pixel < area; pixel++) {
            for (int channel = 0; channel < 3; channel++) {
                float weight = bank.weights()[from + Math.min(channel, bank.channels() - 1) * area + pixel];
                int value = scale == 0 ? 128 : Math.round((weight - low) * scale);
                pixels[pixel] = pixels[pixel] << 8 | value;
            }
        }
        return pixels;
    }
}

package alexnet.core.run.sink.tensorboard;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.stream.IntStream;

import alexnet.core.network.Architecture;
import alexnet.core.picture.Png;
import alexnet.core.run.event.FilterBank;

/**
 * The first layer's filters as a picture: the first group's on the left, the second's on the right, row by row. All are scaled
 * alike: a weight of zero is the middle grey, the largest of all filters by its absolute value black or white. So a filter
 * that has learnt little looks plain.
 */
final class FilterPicture {

    /** Pixels of a filter's side at least. */
    private static final int SHOWN = 40;
    /** Pixels between filters. */
    private static final int GAP = 2;
    /** Pixels between the groups. */
    private static final int GROUP_GAP = 16;
    private static final int BACKGROUND = 255;
    private static final double MIDDLE = 127.5;

    private final FilterBank bank;
    private final int zoom;
    private final int pitch;
    private final int columns;
    private final double scale;

    private FilterPicture(FilterBank bank) {
        this.bank = bank;
        this.zoom = Math.ceilDiv(SHOWN, bank.size());
        this.pitch = bank.size() * zoom + GAP;
        int inGroup = Math.ceilDiv(bank.filters(), Architecture.GROUPS);
        int rows = IntStream.rangeClosed((int) Math.ceil(Math.sqrt(inGroup)), inGroup).filter(r -> inGroup % r == 0).findFirst().orElseThrow();
        this.columns = inGroup / rows;
        double largest = IntStream.range(0, bank.weights().length).mapToDouble(i -> Math.abs(bank.weights()[i])).max().orElse(0);
        this.scale = largest == 0 ? 0 : MIDDLE / largest;
    }

    /** The picture of a layer with one input channel is grey, of one with three coloured. */
    static Picture of(FilterBank bank) {
        return new FilterPicture(bank).draw();
    }

    private Picture draw() {
        int inGroup = Math.ceilDiv(bank.filters(), Architecture.GROUPS);
        int groupWidth = columns * pitch - GAP;
        boolean grey = bank.channels() == 1;
        BufferedImage image = new BufferedImage(Architecture.GROUPS * groupWidth + GROUP_GAP, inGroup / columns * pitch - GAP,
                grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        // Not through Graphics, which would convert grey levels between colour spaces.
        WritableRaster raster = image.getRaster();
        for (int band = 0; band < bank.channels(); band++) {
            int[] background = new int[image.getWidth() * image.getHeight()];
            Arrays.fill(background, BACKGROUND);
            raster.setSamples(0, 0, image.getWidth(), image.getHeight(), band, background);
        }
        for (int filter = 0; filter < bank.filters(); filter++) {
            int group = filter / inGroup;
            int place = filter % inGroup;
            draw(filter, group * (groupWidth + GROUP_GAP) + place % columns * pitch, place / columns * pitch, raster);
        }
        return new Picture(Png.bytes(image), image.getWidth(), image.getHeight(), grey);
    }

    private void draw(int filter, int left, int top, WritableRaster raster) {
        int side = bank.size() * zoom;
        for (int channel = 0; channel < bank.channels(); channel++) {
            int first = (filter * bank.channels() + channel) * bank.size() * bank.size();
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    float weight = bank.weights()[first + y / zoom * bank.size() + x / zoom];
                    raster.setSample(left + x, top + y, channel, (int) Math.round(MIDDLE + scale * weight));
                }
            }
        }
    }
}

package alexnet.core.data.shard;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import alexnet.core.data.ImageSource;

/**
 * How many bytes a set takes.
 *
 * @param exact whether that is certain but for the little that is beside the images, and not an estimate from some of them
 */
public record SetSize(long bytes, boolean exact) {

    /** Names, labels, places and what else is known of an image. */
    private static final int BESIDE = 80;
    private static final int SAMPLES = 64;

    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};
    private static final int KILO = 1000;

    /** Of all images; JPEGs are estimated by encoding some of both halves. */
    static SetSize of(List<Slice> slices, Sample.Maker maker, int workers) {
        long images = slices.stream().mapToLong(slice -> slice.images().length).sum();
        long each = switch (maker.encoding()) {
            case RAW -> (long) maker.channels() * maker.preprocessing().size().area() + Long.BYTES;
            case JPEG -> TarShard.length(mean(slices, images, maker, workers));
        };
        return new SetSize(images * (each + BESIDE), maker.encoding() == Encoding.RAW);
    }

    private static long mean(List<Slice> slices, long images, Sample.Maker maker, int workers) {
        int samples = (int) Math.min(SAMPLES, images);
        // Copies without sums, which are to be of each image once.
        List<Slice> some = IntStream.range(0, samples).mapToObj(i -> slices.get((int) ((2L * i + 1) * slices.size() / (2L * samples))))
                .map(slice -> new Slice(Split.VAL, slice.number(), slice.source(), slice.images(), null)).toList();
        long bytes = 0;
        int read = 0;
        try (ReadAhead<Sample> ahead = new ReadAhead<>(workers, samples,
                IntStream.range(0, samples).<Callable<Sample>>mapToObj(i -> () -> maker.make(some.get(i), place(some.get(i), i))).iterator())) {
            for (int i = 0; i < samples; i++) {
                byte[] content = ahead.next().content();
                bytes += content == null ? 0 : content.length;
                read += content == null ? 0 : 1;
            }
        }
        return read == 0 ? 0 : bytes / read;
    }

    /** Another one for each number, as far as there are. */
    private static int place(Slice slice, int number) {
        return number % slice.images().length;
    }

    /**
     * Makes sure that the disk has room for what is not there yet.
     *
     * @param images what is prepared, which may be copied to the disk first
     * @throws PreparationException if it has not
     * @throws IOException          if that cannot be found out
     */
    void requireRoom(Path folder, long there, List<ImageSource> images) throws IOException {
        FileStore disk = Files.getFileStore(folder);
        long usable = disk.getUsableSpace();
        long copies = 0;
        for (ImageSource source : images) {
            copies += source.copies(disk);
        }
        long needed = bytes - there + copies;
        if (needed > usable) {
            throw new PreparationException(String.format(Locale.ROOT, "%s takes %s%s%s and its disk has %s free: make room, or name a folder of another disk by --output",
                    folder, exact ? "" : "about ", text(needed), copies > 0 ? ", " + text(copies) + " of it for copies while it is prepared," : "", text(usable)) + (exact ? ", or take a tenth of it by --encoding jpeg" : ""));
        }
    }

    /** A size as people write it. */
    public static String text(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= KILO && unit < UNITS.length - 1) {
            value /= KILO;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }
}

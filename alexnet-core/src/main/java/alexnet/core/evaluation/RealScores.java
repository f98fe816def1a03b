package alexnet.core.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import alexnet.core.data.DataException;
import alexnet.core.data.SampleName;

/** Counts by {@link RealLabels} how many images are told rightly, as their authors do: those without labels do not count. */
public final class RealScores {

    private static final Pattern VALIDATION = Pattern.compile("ILSVRC2012_val_(\\d{8})");
    /** Of ILSVRC-2012. */
    private static final int VALIDATION_IMAGES = 50_000;

    private final RealLabels labels;
    private final int[] places;
    private final int[] ranks;
    private long images;
    private long top1;
    private long top5;

    /**
     * @param labels     the judge's
     * @param images     how many images are measured
     * @param names      of these
     * @param unreadable names of images of the set that are not among them
     * @param classes    names of the network's classes
     * @throws DataException if they are not the labels of these images
     */
    public RealScores(RealLabels labels, int images, IntFunction<String> names, List<String> unreadable, List<String> classes) {
        this.labels = labels;
        this.ranks = ranks(classes);
        List<String> all = Stream.concat(IntStream.range(0, images).mapToObj(names), unreadable.stream()).map(RealScores::file).toList();
        int[] numbers = all.stream().mapToInt(RealScores::number).toArray();
        boolean numbered = Arrays.stream(numbers).allMatch(number -> number > 0);
        int listed = labels.labels().size();
        int expected = numbered ? Math.max(all.size(), Arrays.stream(numbers).max().orElse(0)) : all.size();
        if (listed != expected && !(numbered && listed == VALIDATION_IMAGES && expected < VALIDATION_IMAGES)) {
            throw new DataException(labels.file() + " has labels of " + listed + " images, but there are " + expected + ": it belongs to other images");
        }
        places = numbered ? Arrays.stream(numbers).map(number -> number - 1).toArray() : ranks(all);
    }

    /** Of each name its place among all, sorted. */
    private static int[] ranks(List<String> names) {
        int[] ranks = new int[names.size()];
        List<Integer> order = IntStream.range(0, ranks.length).boxed().sorted(Comparator.comparing(names::get)).toList();
        IntStream.range(0, ranks.length).forEach(rank -> ranks[order.get(rank)] = rank);
        return ranks;
    }

    private static String file(String name) {
        String known = SampleName.ofPath(name);
        return known.substring(known.lastIndexOf('/') + 1);
    }

    private static int number(String file) {
        Matcher matcher = VALIDATION.matcher(file);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    /** Counts an image. */
    public void add(Answer answer) {
        int place = places[answer.image()];
        if (labels.has(place)) {
            images++;
            top1 += right(place, answer, 1) ? 1 : 0;
            top5 += right(place, answer, Answer.GUESSES) ? 1 : 0;
        }
    }

    private boolean right(int place, Answer answer, int guesses) {
        return Arrays.stream(answer.guesses()).limit(guesses).anyMatch(guess -> labels.right(place, ranks[guess]));
    }

    /** Images that have labels. */
    public long images() {
        return images;
    }

    /** Share of them whose likeliest class is right, 0 to 1; NaN where there are none. */
    public double top1() {
        return (double) top1 / images;
    }

    /** Share of them of whose five likeliest classes one is right, 0 to 1; NaN where there are none. */
    public double top5() {
        return (double) top5 / images;
    }
}

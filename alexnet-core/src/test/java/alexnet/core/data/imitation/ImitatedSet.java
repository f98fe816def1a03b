package alexnet.core.data.imitation;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A set of ILSVRC-2012's form. Each of its files is told from its number alone, so that a large set takes no memory.
 *
 * @param photographs what images show, in turns; no two files are the same but for {@link Kind#COPY}
 * @param classes     at least 2
 * @param training    images, spread evenly over the classes
 * @param validation  images, in an order in which the classes are mixed
 * @param oddEvery    each so many-th image is of another kind than ordinary, see {@link Kind}; 0 for none
 */
public record ImitatedSet(Photographs photographs, int classes, int trained, int validated, int oddEvery) {

    public ImitatedSet {
        if (classes < 2 || trained < classes || validated < 1 || oddEvery < 0) {
            throw new Imitate.Mistake("a set of " + trained + " and " + validated + " images of " + classes
                    + " classes: at least 2 classes with a training image each, and a validation image are needed");
        }
    }

    /** A small set with files of all kinds, a quarter of which are bad. */
    public static ImitatedSet small() {
        return new ImitatedSet(Photographs.generated(5, 300), 4, 52, 28, 2);
    }

    /** WNIDs in their order. */
    public String wnid(int rank) {
        return "n%08d".formatted(1_440_764L + (98_000_000L / classes) * rank + rank * rank % 97);
    }

    /** What people call a class. */
    public String words(int rank) {
        return "kind " + rank + " of thing, Res fictilis " + rank;
    }

    /** The devkit's number of a class, from 1: not its rank. */
    public int id(int rank) {
        return (int) (((long) rank * coprime(classes) + classes / 2) % classes) + 1;
    }

    private static int coprime(int count) {
        int step = Math.max(1, (int) (0.618 * count));
        while (!BigInteger.valueOf(step).gcd(BigInteger.valueOf(count)).equals(BigInteger.ONE)) {
            step++;
        }
        return step;
    }

    /** Training images class by class, by rising numbers that have gaps. */
    public Sample training(int number) {
        int label = (int) ((long) number * classes / trained);
        int first = (int) (((long) label * trained + classes - 1) / classes);
        int within = number - first;
        return sample("train", wnid(label) + "_" + (3 + 7 * within + within % 5), label, kind(number, 0), number);
    }

    /** A validation image. */
    public Sample validation(int number) {
        int label = (int) (((long) number * coprime(classes) + 1) % classes);
        return sample("val", "ILSVRC2012_val_%08d".formatted(number + 1), label, kind(number, 5), 3L + number);
    }

    private Sample sample(String split, String name, int label, Kind kind, long photograph) {
        return new Sample(split, name, label, kind, photographs.at(kind == Kind.COPY ? 0 : photograph));
    }

    private Kind kind(int number, int offset) {
        return oddEvery == 0 || number % oddEvery != oddEvery - 1 ? Kind.ORDINARY : Kind.odd(number / oddEvery + offset);
    }

    /** All training images. */
    public Stream<Sample> training() {
        return IntStream.range(0, trained).mapToObj(this::training);
    }

    /** Training images in another order, as those who publish a set mix it. */
    public Stream<Sample> mixed() {
        long step = coprime(trained);
        return IntStream.range(0, trained).mapToObj(i -> training((int) ((i * step + 7) % trained)));
    }

    /** All validation images. */
    public Stream<Sample> validation() {
        return IntStream.range(0, validated).mapToObj(this::validation);
    }

    /** What a report has to name, and nothing else. */
    public Stream<Sample> bad() {
        return Stream.concat(training(), validation()).filter(sample -> !sample.kind().usable());
    }

    /** What people call all classes, in their order. */
    public List<String> wordsOfAll() {
        return IntStream.range(0, classes).mapToObj(this::words).toList();
    }
}

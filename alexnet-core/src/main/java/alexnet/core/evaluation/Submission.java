package alexnet.core.evaluation;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import alexnet.core.data.ClassName;

/**
 * What ILSVRC's servers and its development kit score: a line for each image, in the order of the file names, with up to five
 * ILSVRC2012_IDs by falling confidence, separated by spaces. Twenty bytes are kept of an image.
 */
public final class Submission {

    private final int[] ids;
    private final int[] guesses;
    private final int images;

    /**
     * @param images  how many there are
     * @param classes the network's, each with its ILSVRC2012_ID
     * @throws IllegalArgumentException if one of them has none
     */
    public Submission(int images, List<ClassName> classes) {
        this.images = images;
        guesses = new int[Math.multiplyExact(images, Answer.GUESSES)];
        ids = classes.stream().mapToInt(each -> each.ilsvrcId().orElseThrow(
                () -> new IllegalArgumentException("the class " + each.name() + " has no ILSVRC2012_ID"))).toArray();
    }

    /** Takes what the network says of an image. */
    public void add(Answer answer) {
        for (int place = 0; place < answer.guesses().length; place++) {
            guesses[answer.image() * Answer.GUESSES + place] = ids[answer.guesses()[place]];
        }
    }

    /**
     * Writes the lines.
     *
     * @param names of the images: lines come in the order of what follows the last slash of them
     * @throws IOException if they cannot be written
     */
    public void write(Appendable out, IntFunction<String> names) throws IOException {
        List<Integer> order = IntStream.range(0, images).boxed().sorted(Comparator.comparing(image -> file(names.apply(image)))).toList();
        for (int image : order) {
            out.append(IntStream.range(0, Answer.GUESSES).map(place -> guesses[image * Answer.GUESSES + place]).filter(id -> id > 0)
                    .mapToObj(Integer::toString).collect(Collectors.joining(" ", "", "\n")));
        }
    }

    private static String file(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}

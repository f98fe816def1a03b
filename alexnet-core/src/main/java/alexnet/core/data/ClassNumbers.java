package alexnet.core.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Catches classes that are numbered otherwise than all train with, by the sorted WNIDs from 0: above all by ILSVRC2012_ID. A mix-up gives
 * an accuracy near zero and no error.
 */
public final class ClassNumbers {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    /** ILSVRC2012_IDs of the first validation images, as the development kit's ground truth begins. */
    private static final int[] GROUND_TRUTH = {490, 361, 171, 822, 297};
    private static final int ENOUGH = 3;
    private static final int ILSVRC_CLASSES = 1000;
    /** So many names are looked at, which tells a mix-up from a few images that somebody has moved. */
    private static final int LOOKED_AT = 50_000;
    private static final String MEND = "call classes by their WNIDs, as folders or in a classes.json beside tars; the development kit's meta.mat tells which is which";

    private ClassNumbers() {
    }

    /** Whether classes have no names but numbers. */
    public static boolean alone(List<String> classes) {
        return classes.stream().allMatch(name -> NUMBER.matcher(name).matches());
    }

    /** What to do about the classes of a test set that a network does not know by their names. */
    public static String advice(List<String> known, List<String> given) {
        boolean wnids = known.stream().allMatch(ClassName::isWnid);
        return alone(given) && wnids ? "numbers may be ILSVRC2012_IDs, which do not follow the order of the WNIDs: " + MEND
                : alone(known) ? "it knows its classes by number alone, and nothing says which is which"
                : "leave that class out";
    }

    /**
     * Makes sure that images are of the classes that their own names tell, as ILSVRC's do.
     *
     * @param folder  of the set
     * @param classes the names of the labels
     * @throws DataException if most of them are not
     */
    public static void require(Path folder, List<String> classes, ImageSource images) {
        byNames(classes, images).or(() -> byGroundTruth(classes, images)).ifPresent(wrong -> {
            throw new DataException(folder + ": its labels are not its classes: " + wrong + "; " + MEND);
        });
    }

    /** By WNIDs in the names of files. */
    private static Optional<String> byNames(List<String> classes, ImageSource images) {
        int told = 0;
        int wrong = 0;
        String first = "";
        int step = Math.ceilDiv(Math.max(1, images.size()), LOOKED_AT);
        for (int i = 0; i < images.size(); i += step) {
            int label = images.label(i);
            Optional<String> wnid = label < 0 || !ClassName.isWnid(classes.get(label)) ? Optional.empty() : SampleName.wnid(images.name(i));
            told += wnid.isPresent() ? 1 : 0;
            if (wnid.isPresent() && !wnid.get().equals(classes.get(label))) {
                wrong++;
                first = first.isEmpty() ? images.name(i) + " has the label of " + classes.get(label) : first;
            }
        }
        return 2 * wrong > told ? Optional.of(first + ", and so on") : Optional.empty();
    }

    /** By the classes of the first validation images, which everybody knows. */
    private static Optional<String> byGroundTruth(List<String> classes, ImageSource images) {
        if (classes.size() != ILSVRC_CLASSES || !classes.stream().allMatch(ClassName::isWnid)) {
            return Optional.empty();
        }
        int[] keys = IntStream.range(0, GROUND_TRUTH.length).map(place -> SampleName.key(validationName(place))).toArray();
        Map<Integer, Integer> labels = new HashMap<>();
        for (int i = 0; i < images.size(); i++) {
            // A million names are not looked at where a million numbers tell which five may be meant.
            int key = images.key(i);
            for (int place = 0; place < keys.length; place++) {
                if (key == keys[place] && images.sampleName(i).equals(validationName(place))) {
                    labels.put(place, images.label(i));
                }
            }
        }
        return Arrays.stream(new int[] {0, 1}).filter(from -> labels.size() >= ENOUGH && labels.entrySet().stream()
                        .allMatch(label -> label.getValue() + from == GROUND_TRUTH[label.getKey()]))
                .mapToObj(from -> "those of the first validation images are ILSVRC2012_IDs" + (from == 0 ? "" : " less 1")).findFirst();
    }

    private static String validationName(int place) {
        return String.format(Locale.ROOT, "ILSVRC2012_val_%08d", place + 1);
    }
}

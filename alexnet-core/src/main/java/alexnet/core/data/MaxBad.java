package alexnet.core.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How many images of a set may be left out because they cannot be read. Few are what every large set has; many mean that
 * something else is wrong.
 *
 * @param share of all images, 0 to 1; {@link #FEW} may be bad whatever the share is, unless it is 0
 */
public record MaxBad(double share) {

    /** So many files may be bad in the smallest of sets. */
    public static final int FEW = 5;
    /** One image in a hundred. */
    public static final MaxBad STANDARD = new MaxBad(0.01);

    private static final int NAMED = 3;

    public MaxBad {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of " + share + " must be at least 0 and at most 1");
        }
    }

    /** Whether so many of all images may be left out. */
    public boolean allows(int bad, long all) {
        return bad <= share * all || share != 0 && bad <= FEW;
    }

    /**
     * Stops where too many images are left out.
     *
     * @param folder  of the set
     * @param skipped every file that is left out, of which those count that are {@linkplain Skipped#unreadable unreadable}
     * @param read    images that can be read
     * @throws DataException that says how many of how many, names the first, and says what to do
     */
    public void check(Path folder, List<Skipped> skipped, int read) {
        List<Skipped> bad = skipped.stream().filter(Skipped::unreadable).toList();
        int all = bad.size() + read;
        if (!allows(bad.size(), all)) {
            String first = bad.stream().limit(NAMED).map(Skipped::toString).collect(Collectors.joining("; "));
            throw new DataException(String.format(Locale.ROOT,
                    "%s: %d of %d images cannot be read, more than --max-bad %s %% allows: %s%s; mend or remove them, or allow more by --max-bad",
                    folder, bad.size(), all, percent(), first, bad.size() > NAMED ? "; and " + (bad.size() - NAMED) + " more" : ""));
        }
    }

    private String percent() {
        return String.format(Locale.ROOT, "%.4f", 100 * share).replaceFirst("\\.?0+$", "");
    }
}

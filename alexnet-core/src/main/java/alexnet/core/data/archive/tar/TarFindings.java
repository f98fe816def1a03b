package alexnet.core.data.archive.tar;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to be told of a tar beside its files.
 *
 * @param links  links in it, passed over
 * @param others devices, sparse files and the like, passed over
 * @param ended  whether it has an end mark
 * @param behind whether something follows it
 */
public record TarFindings(int links, int others, boolean ended, boolean behind) {

    /** Nothing. */
    public static final TarFindings NONE = new TarFindings(0, 0, true, false);

    /** Of several tars together. */
    public TarFindings and(TarFindings other) {
        return new TarFindings(links + other.links, others + other.others, ended && other.ended, behind || other.behind);
    }

    /** The same for the user, in a line each. */
    public List<String> notes(String tar) {
        List<String> notes = new ArrayList<>();
        if (links + others > 0) {
            notes.add(tar + ": " + links + " links and " + others + " devices or other special entries passed over");
        }
        if (!ended) {
            notes.add(tar + " has no end mark: it may have been cut off between two files");
        }
        if (behind) {
            notes.add(tar + ": what follows its end mark is passed over");
        }
        return notes;
    }
}

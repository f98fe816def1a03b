package alexnet.core.data.folder;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/** Labelled files that are known again by their lengths, a million in some 50 MB: see {@link CompactPaths}. It only grows. */
public final class LabelledFiles extends AbstractList<LabelledFile> implements RandomAccess {

    private static final int FIRST = 1024;
    private static final long UNKNOWN = -1;

    private final CompactPaths paths = new CompactPaths();
    private int[] labels = new int[FIRST];
    private long[] lengths = new long[FIRST];

    /** Adds a file whose content is a length, as {@link LabelledFile#of} gives it. */
    @Override
    public boolean add(LabelledFile file) {
        int size = paths.size();
        if (size == labels.length) {
            labels = Arrays.copyOf(labels, Math.multiplyExact(2, size));
            lengths = Arrays.copyOf(lengths, labels.length);
        }
        labels[size] = file.label();
        lengths[size] = file.content().isEmpty() ? UNKNOWN : Long.parseLong(file.content());
        return paths.add(file.path());
    }

    @Override
    public LabelledFile get(int index) {
        return new LabelledFile(paths.get(index), labels[index], lengths[index] == UNKNOWN ? "" : Long.toString(lengths[index]));
    }

    @Override
    public int size() {
        return paths.size();
    }
}

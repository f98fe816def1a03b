package alexnet.core.data.folder;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;

/** Paths of files of which many lie in one folder, in as little memory as their names take: a million in some 30 MB. It only grows. */
final class CompactPaths extends AbstractList<Path> implements RandomAccess {

    private static final int FIRST = 16;

    private final List<Path> folders = new ArrayList<>();
    /** What a name does not lead back to, as where it has bytes that are no text. */
    private final Map<Integer, Path> odd = new HashMap<>();
    private int[] folderOf = new int[FIRST];
    private int[] ends = new int[FIRST];
    private byte[] names = new byte[FIRST];
    private int size;

    @Override
    public boolean add(Path path) {
        if (size == ends.length) {
            folderOf = Arrays.copyOf(folderOf, Math.multiplyExact(2, size));
            ends = Arrays.copyOf(ends, folderOf.length);
        }
        Path folder = path.getParent();
        if (folders.isEmpty() || !Objects.equals(folders.getLast(), folder)) {
            folders.add(folder);
        }
        byte[] name = path.getFileName().toString().getBytes(StandardCharsets.UTF_8);
        int begin = end(size - 1);
        if (begin + name.length > names.length) {
            names = Arrays.copyOf(names, Math.max(Math.multiplyExact(2, names.length), begin + name.length));
        }
        System.arraycopy(name, 0, names, begin, name.length);
        folderOf[size] = folders.size() - 1;
        ends[size] = begin + name.length;
        size++;
        if (!get(size - 1).equals(path)) {
            odd.put(size - 1, path);
        }
        return true;
    }

    private int end(int index) {
        return index < 0 ? 0 : ends[index];
    }

    @Override
    public Path get(int index) {
        Objects.checkIndex(index, size);
        Path kept = odd.get(index);
        if (kept != null) {
            return kept;
        }
        int begin = end(index - 1);
        String name = new String(names, begin, ends[index] - begin, StandardCharsets.UTF_8);
        Path folder = folders.get(folderOf[index]);
        return folder == null ? Path.of(name) : folder.resolve(name);
    }

    @Override
    public int size() {
        return size;
    }

    /** The same in arrays that are no longer than they have to be. */
    CompactPaths trimmed() {
        folderOf = Arrays.copyOf(folderOf, size);
        ends = Arrays.copyOf(ends, size);
        names = Arrays.copyOf(names, end(size - 1));
        return this;
    }
}

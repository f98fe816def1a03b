package alexnet.core.data.shard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

import alexnet.core.data.DataException;
import alexnet.core.data.Progress;
import alexnet.core.data.Skipped;
import alexnet.core.data.index.SampleIndex;

/** Reads a prepared set and compares it with its checksums: those of files, and those of images, so that a damaged one has a name. */
public final class SetCheck {

    /** Of one shard; more say no more. */
    private static final int NAMED = 5;

    private final SetFolder folder;
    private final Manifest manifest;

    private SetCheck(Path folder) {
        this.folder = new SetFolder(folder);
        manifest = Manifest.read(folder);
    }

    /**
     * Reads all of a set.
     *
     * @param workers  threads that read
     * @param progress told how many files have been read
     * @return what is wrong, a line each; empty if nothing is
     * @throws DataException if the folder is no prepared set, or its manifest is damaged
     */
    public static List<String> problems(Path folder, int workers, Progress progress) {
        return new SetCheck(folder).problems(workers, progress);
    }

    private List<String> problems(int workers, Progress progress) {
        List<String> problems = new ArrayList<>();
        List<Callable<List<String>>> tasks = new ArrayList<>();
        manifest.files().forEach(file -> tasks.add(() -> file(file)));
        List<SampleIndex> open = new ArrayList<>();
        for (Split split : Split.values()) {
            SampleIndex index = open(split, problems);
            if (index != null) {
                open.add(index);
            }
            int first = 0;
            for (Manifest.Shard shard : manifest.half(split).shards()) {
                int begin = first;
                tasks.add(() -> shard(shard, index, begin));
                if (shard.labels() != null) {
                    tasks.add(() -> file(shard.labels()));
                }
                first += shard.images();
            }
        }
        try (ReadAhead<List<String>> results = new ReadAhead<>(workers, 2 * workers, tasks.iterator())) {
            for (int done = 1; done <= tasks.size(); done++) {
                problems.addAll(results.next());
                progress.report(done, tasks.size());
            }
        }
        open.forEach(SampleIndex::close);
        return problems;
    }

    /** The index of a half, if it is sound. */
    private SampleIndex open(Split split, List<String> problems) {
        Manifest.Half half = manifest.half(split);
        try {
            SampleIndex index = SampleIndex.open(folder.index(split));
            int[] counts = new int[manifest.classes().size()];
            for (int i = 0; i < index.size(); i++) {
                counts[Math.min(index.label(i), counts.length - 1)]++;
            }
            if (index.size() == half.images() && Arrays.equals(counts, half.classCounts())
                    && index.containers().equals(half.shards().stream().map(Manifest.Shard::file).toList())) {
                return index;
            }
            index.close();
            problems.add(folder.index(split) + ": it lists other images than " + SetFolder.MANIFEST);
        } catch (DataException damaged) {
            problems.add(damaged.getMessage());
        } catch (IOException unreadable) {
            problems.add(folder.index(split) + ": " + Skipped.reason(unreadable));
        }
        return null;
    }

    private List<String> file(Manifest.SetFile expected) {
        Path file = folder.path().resolve(expected.file());
        try {
            Manifest.SetFile found = FileSums.of(folder.path(), expected.file());
            return found.bytes() != expected.bytes() ? List.of(length(file, found.bytes(), expected.bytes()))
                    : found.equals(expected) ? List.of() : List.of(checksum(file, "it", found.crc32c(), expected.crc32c()));
        } catch (IOException unreadable) {
            return List.of(file + ": " + Skipped.reason(unreadable));
        }
    }

    /** @param first of its images in the index, which is null if it is damaged */
    private List<String> shard(Manifest.Shard shard, SampleIndex index, int first) {
        Path file = folder.path().resolve(shard.file());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() != shard.bytes()) {
                return List.of(length(file, channel.size(), shard.bytes()));
            }
            ByteBuffer buffer = FileSums.buffer();
            List<String> problems = new ArrayList<>();
            for (int i = first; index != null && i < first + shard.images(); i++) {
                if (!index.containers().get(index.container(i)).equals(shard.file()) || index.offset(i) > shard.bytes() - index.length(i)) {
                    problems.add(file + ": " + index.name(i) + " does not lie in it as " + folder.index(manifestSplit(shard)) + " says");
                } else {
                    String found = FileSums.hex(FileSums.of(channel, index.offset(i), index.length(i), buffer));
                    String expected = FileSums.hex(index.checksum(i));
                    if (!found.equals(expected)) {
                        problems.add(checksum(file, "its image " + index.name(i), found, expected));
                    }
                }
            }
            String found = FileSums.hex(FileSums.of(channel, 0, shard.bytes(), buffer));
            if (problems.isEmpty() && !found.equals(shard.crc32c())) {
                problems.add(checksum(file, "it", found, shard.crc32c()));
            }
            return problems.size() <= NAMED ? problems : few(file, problems);
        } catch (IOException unreadable) {
            return List.of(file + ": " + Skipped.reason(unreadable));
        }
    }

    private static Split manifestSplit(Manifest.Shard shard) {
        return shard.file().startsWith(Split.TRAIN + "/") ? Split.TRAIN : Split.VAL;
    }

    private static List<String> few(Path file, List<String> problems) {
        List<String> few = new ArrayList<>(problems.subList(0, NAMED));
        few.add(file + ": " + (problems.size() - NAMED) + " more of its images are damaged");
        return few;
    }

    private static String length(Path file, long found, long expected) {
        return file + ": it has " + found + " bytes, not " + expected;
    }

    private static String checksum(Path file, String part, String found, String expected) {
        return file + ": " + part + " has CRC-32C " + found + ", not " + expected;
    }
}

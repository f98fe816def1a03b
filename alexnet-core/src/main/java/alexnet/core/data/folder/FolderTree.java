package alexnet.core.data.folder;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

import alexnet.core.data.DataException;
import alexnet.core.data.Skipped;

/**
 * What lies in a folder, by name. Links are followed, but for those that lead back to where they are; what is
 * {@link Foreign} is passed over.
 *
 * @param path    the folder
 * @param files   its files, sorted by name
 * @param folders its sub-folders, sorted by name
 * @param skipped links at any depth that lead nowhere or back
 * @param runs    folders at any depth that hold the results of a training run
 */
public record FolderTree(Path path, List<Path> files, List<FolderTree> folders, List<Skipped> skipped, List<String> runs) {

    /**
     * Walks a folder.
     *
     * @throws DataException if there is no such folder, or a part of it cannot be listed
     */
    public static FolderTree of(Path folder) {
        if (!Files.exists(folder)) {
            throw new DataException("no such folder: " + folder);
        }
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder + " is a file: give the folder that the images are in");
        }
        try {
            var walk = new Walk(folder, folder.toRealPath());
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
            return walk.root;
        } catch (IOException e) {
            throw new DataException("cannot list the images of " + folder + ": " + Skipped.reason(e), e);
        }
    }

    /** The last part of its path. */
    String name() {
        return path.getFileName().toString();
    }

    /** The files in it at any depth. */
    Stream<Path> allFiles() {
        return Stream.concat(files.stream(), folders.stream().flatMap(FolderTree::allFiles));
    }

    /** Whether any file in it, at any depth, is an image. */
    boolean hasImages() {
        return allFiles().anyMatch(ImageSignature::isImage);
    }

    /** The sub-folders that hold images. */
    List<FolderTree> withImages() {
        return folders.stream().filter(FolderTree::hasImages).toList();
    }

    private static final class Walk implements FileVisitor<Path> {

        private final Path start;
        private final Path real;
        private final List<Skipped> skipped = new ArrayList<>();
        private final List<String> runs = new ArrayList<>();
        private final Deque<FolderTree> open = new ArrayDeque<>();
        private FolderTree root;

        Walk(Path start, Path real) {
            this.start = start;
            this.real = real;
        }

        private boolean passedOver(Path path) {
            return !path.equals(start) && Foreign.named(path.getFileName().toString());
        }

        private void skip(Path path, String reason) {
            skipped.add(new Skipped(LabelledFile.name(start, path), reason, false));
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (passedOver(folder)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (!folder.equals(start) && Foreign.isRun(folder)) {
                runs.add(LabelledFile.name(start, folder));
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (Files.isSymbolicLink(folder) && !folder.equals(start) && real.startsWith(folder.toRealPath())) {
                skip(folder, "a link to a folder that it lies in");
                return FileVisitResult.SKIP_SUBTREE;
            }
            open.push(new FolderTree(folder, new ArrayList<>(), new ArrayList<>(), skipped, runs));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !passedOver(file)) {
                open.element().files.add(file);
            } else if (attributes.isSymbolicLink() && !passedOver(file)) {
                skip(file, "a link that leads nowhere");
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException failure) {
            if (failure instanceof FileSystemLoopException) {
                skip(path, "a link to a folder that it lies in");
            } else if (!passedOver(path)) {
                throw new DataException("cannot list " + path + ": " + Skipped.reason(failure) + "; make it readable or take it away", failure);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            FolderTree done = open.pop();
            done.files.sort(Comparator.comparing(path -> path.getFileName().toString()));
            done.folders.sort(Comparator.comparing(FolderTree::name));
            CompactPaths files = new CompactPaths();
            files.addAll(done.files);
            root = new FolderTree(folder, files.trimmed(), done.folders, skipped, runs);
            if (!open.isEmpty()) {
                open.element().folders.add(root);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}

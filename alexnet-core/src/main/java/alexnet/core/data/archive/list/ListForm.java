package alexnet.core.data.archive.list;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.Form;
import alexnet.core.data.Opening;
import alexnet.core.data.SampleName;
import alexnet.core.data.Skipped;
import alexnet.core.data.TestSet;
import alexnet.core.data.archive.NumberedClasses;
import alexnet.core.data.folder.GivenHalves;
import alexnet.core.data.folder.Half;
import alexnet.core.data.folder.ImageFiles;
import alexnet.core.data.folder.LabelledFile;
import alexnet.core.data.folder.LabelledFiles;
import alexnet.core.data.folder.Synsets;

/**
 * A folder with {@code train.txt} and {@code val.txt}, Caffe's lists of "path label". The paths are relative to it or to {@code train/}
 * and {@code val/} in it. Classes are named by ILSVRC's file names, or by {@code synsets.txt}, by the images' folders, or by number.
 */
public final class ListForm implements Form {

    private static final String EXTENSION = ".txt";

    @Override
    public String name() {
        return "folders with train.txt and val.txt";
    }

    @Override
    public boolean recognises(Path path) {
        return Files.isDirectory(path) && !lists(path).isEmpty();
    }

    private static Map<Half, Path> lists(Path folder) {
        Map<Half, Path> lists = new EnumMap<>(Half.class);
        try (Stream<Path> inside = Files.list(folder)) {
            inside.filter(file -> file.getFileName().toString().endsWith(EXTENSION)).sorted().forEach(file -> {
                String name = file.getFileName().toString();
                Half.named(name.substring(0, name.length() - EXTENSION.length())).filter(_ -> Files.isRegularFile(file) && ImageList.isOne(file))
                        .ifPresent(half -> lists.putIfAbsent(half, file));
            });
            return lists;
        } catch (IOException | UncheckedIOException e) {
            // Whoever lists all of it will say so.
            return Map.of();
        }
    }

    @Override
    public Dataset open(Path path, Opening opening) {
        Map<Half, Path> lists = lists(path);
        ImageList training = list(path, lists, Half.TRAINING).orElseThrow(() -> new DataException(path + " has no train.txt: put the list of the training images into it"));
        ImageList evaluated = evaluated(path, lists);
        NumberedClasses classes = classes(path, List.of(training, evaluated));
        GivenHalves halves = GivenHalves.of(path, ranked(training, classes), ranked(evaluated, classes));
        List<String> notes = new ArrayList<>(halves.notes());
        classes.note().ifPresent(notes::add);
        if (evaluated.half() == Half.TEST) {
            notes.add("validation images are those of " + evaluated.file().getFileName());
        }
        return new Dataset(path, new ImageFiles(path, halves.training(), called(training, classes)),
                new ImageFiles(path, halves.validation(), called(evaluated, classes)), classes.names(), halves.skipped(), notes);
    }

    @Override
    public TestSet openTest(Path path, Optional<Fingerprint> trained, Opening opening) {
        Map<Half, Path> lists = lists(path);
        ImageList evaluated = evaluated(path, lists);
        NumberedClasses classes = classes(path, Stream.concat(list(path, lists, Half.TRAINING).stream(), Stream.of(evaluated)).toList());
        return new TestSet(path, new ImageFiles(path, ranked(evaluated, classes), called(evaluated, classes)), classes.names(), List.<Skipped>of(),
                classes.note().stream().toList());
    }

    private static ImageList evaluated(Path folder, Map<Half, Path> lists) {
        return list(folder, lists, Half.VALIDATION).or(() -> list(folder, lists, Half.TEST)).orElseThrow(() -> new DataException(folder
                + " has no val.txt: put the list of the validation images into it"));
    }

    private static Optional<ImageList> list(Path folder, Map<Half, Path> lists, Half half) {
        return Optional.ofNullable(lists.get(half)).map(list -> ImageList.read(list, half, folder));
    }

    private static NumberedClasses classes(Path folder, List<ImageList> lists) {
        var classes = new NumberedClasses.Builder(folder.toString());
        lists.forEach(list -> list.describe(classes));
        NumberedClasses named = classes.build(Synsets.numbered(folder));
        return new NumberedClasses(Synsets.worded(folder, named.names()), named.ranks());
    }

    private static List<LabelledFile> ranked(ImageList list, NumberedClasses classes) {
        LabelledFiles ranked = new LabelledFiles();
        list.files().forEach(file -> ranked.add(new LabelledFile(file.path(), classes.rank(file.label()), file.content())));
        return ranked;
    }

    private static Function<LabelledFile, String> called(ImageList list, NumberedClasses classes) {
        return file -> {
            String name = classes.names().get(file.label()).name();
            String path = list.path(file);
            return SampleName.of(name, path.startsWith(name + "/") ? path.substring(name.length() + 1) : path);
        };
    }
}

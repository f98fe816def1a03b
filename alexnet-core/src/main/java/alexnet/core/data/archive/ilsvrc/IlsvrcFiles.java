package alexnet.core.data.archive.ilsvrc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import alexnet.core.data.DataException;
import alexnet.core.data.Names;
import alexnet.core.data.SampleName;
import alexnet.core.data.archive.tar.TarEntry;
import alexnet.core.data.archive.tar.TarFile;
import alexnet.core.data.folder.ImageSignature;
import alexnet.core.data.folder.Listing;

/**
 * Which of the archives are there, told from their first files.
 *
 * @param folder     where they lie
 * @param training   the tar of tars, or the tars of classes where that was unpacked, or others whose
 *                   images tell their classes; empty if there are none
 * @param kind       which of these they are
 * @param validation the tar of validation images
 */
record IlsvrcFiles(Path folder, List<Path> training, Kind kind, Optional<Path> validation) {

    private static final Pattern CLASS_TAR = Pattern.compile("n\\d{8}\\.tar");
    private static final Pattern VALIDATION_IMAGE = Pattern.compile("ILSVRC\\d{4}_val_\\d{8}(_n\\d{8})?\\.\\w+");
    private static final Pattern TEST_IMAGE = Pattern.compile("ILSVRC\\d{4}_test_\\d{8}\\.\\w+");

    enum Kind {
        OF_TARS, CLASS, NAMED, VALIDATION, TEST, OTHER
    }

    private static Kind kind(Path tar) {
        String first = TarFile.first(tar, 1).stream().findFirst().map(TarEntry::fileName).orElse("");
        if (first.isEmpty()) {
            // Cut off, or something else by that name: who opens it will say so.
            String name = tar.getFileName().toString();
            return name.equals("ILSVRC2012_img_train.tar") ? Kind.OF_TARS : name.equals("ILSVRC2012_img_val.tar") ? Kind.VALIDATION : Kind.OTHER;
        } else if (first.endsWith(".tar")) {
            return Kind.OF_TARS;
        } else if (VALIDATION_IMAGE.matcher(first).matches()) {
            return Kind.VALIDATION;
        } else if (TEST_IMAGE.matcher(first).matches()) {
            return Kind.TEST;
        }
        return CLASS_TAR.matcher(tar.getFileName().toString()).matches() ? Kind.CLASS
                : SampleName.wnid(first).isPresent() && ImageSignature.isNamed(first) ? Kind.NAMED : Kind.OTHER;
    }

    /** Whether a folder has any of them, or a file is one. */
    static boolean areIn(Path path) {
        return Files.isDirectory(path) ? tars(path).stream().anyMatch(tar -> kind(tar) != Kind.OTHER) : isTar(path) && kind(path) != Kind.OTHER;
    }

    private static boolean isTar(Path path) {
        return path.getFileName() != null && path.getFileName().toString().endsWith(".tar") && Files.isRegularFile(path);
    }

    private static List<Path> tars(Path folder) {
        return Listing.of(folder, inside -> inside.filter(path -> isTar(path) && !path.getFileName().toString().startsWith(".")).sorted().toList());
    }

    /**
     * Of a folder, or of one of them with those beside it.
     *
     * @throws DataException if there are two of a kind, or the test images alone
     */
    static IlsvrcFiles of(Path path) {
        Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
        List<Path> ofTars = new ArrayList<>();
        List<Path> classes = new ArrayList<>();
        List<Path> named = new ArrayList<>();
        List<Path> validation = new ArrayList<>();
        for (Path tar : tars(folder)) {
            switch (kind(tar)) {
                case OF_TARS -> ofTars.add(tar);
                case CLASS -> classes.add(tar);
                case NAMED -> named.add(tar);
                case VALIDATION -> validation.add(tar);
                case TEST, OTHER -> { }
            }
        }
        Kind kind = !ofTars.isEmpty() ? Kind.OF_TARS : !classes.isEmpty() ? Kind.CLASS : Kind.NAMED;
        List<Path> training = switch (kind) {
            case OF_TARS -> List.of(only(path, ofTars));
            case CLASS -> classes;
            default -> named;
        };
        if (training.isEmpty() && validation.isEmpty()) {
            throw new DataException(path + " holds ILSVRC's test images, which nobody has labels of: put ILSVRC2012_img_train.tar beside it");
        }
        return new IlsvrcFiles(folder, training, kind, validation.isEmpty() ? Optional.empty() : Optional.of(only(path, validation)));
    }

    /** The one that is meant. */
    private static Path only(Path path, List<Path> found) {
        Optional<Path> meant = found.stream().filter(tar -> found.size() == 1 || tar.equals(path) || tar.equals(path.toAbsolutePath())).findFirst();
        return meant.orElseThrow(() -> new DataException(path + " has more than one archive of a kind: "
                + Names.some(found.stream().map(tar -> tar.getFileName().toString()).toList()) + "; name the one that is meant"));
    }

    /** Whether the training images lie in tars within one tar. */
    boolean isTarOfTars() {
        return kind == Kind.OF_TARS;
    }

    /** Whether training images lie in tars of many classes, which their names tell. */
    boolean isNamed() {
        return kind == Kind.NAMED;
    }
}

package alexnet.core.data.archive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Form;
import alexnet.core.data.Opening;
import alexnet.core.data.archive.tar.TarFile;
import alexnet.core.data.folder.Listing;

/** Forms in which people have images that are not read here: what they are is told, and what to do. */
public final class UnreadForm implements Form {

    /** What a file's name tells. */
    private enum Kind {
        LMDB("data\\.mdb", "is an LMDB of Caffe's: give the folder of images that it was made from, with its train.txt and val.txt"),
        ZIPPED_TAR(".*\\.(tar\\.(gz|bz2|xz|zst)|tgz|tbz2?|txz)", "is compressed, so that no file in it can be read by itself: unpack it (tar -xf), or take the compression"
                + " away (gunzip) where the tar in it is one of ILSVRC's or WebDataset's"),
        ZIP(".*\\.(zip|7z|rar)", "is an archive that is not read: unpack it, and give the folder"),
        TFRECORD(".*\\.tfrecords?(-\\d+-of-\\d+)?|.*-\\d{5}-of-\\d{5}", "is a TFRecord of TensorFlow's: give the images that it was made from, or write them as WebDataset tars"),
        RECORD_IO(".*\\.rec", "is a RecordIO of MXNet's: give the images that it was made from, or write them as WebDataset tars"),
        ARROW(".*\\.arrow", "is of Hugging Face's Arrow cache: give the set's parquet files, which Dataset.to_parquet writes"),
        TAR(".*\\.tar", "is a tar of neither ILSVRC's nor WebDataset's: unpack it (tar -xf), and give the folder");

        private final Pattern name;
        private final String advice;

        Kind(String name, String advice) {
            this.name = Pattern.compile(name);
            this.advice = advice;
        }

        static Optional<Kind> of(Path file) {
            String name = file.getFileName() == null || !Files.isRegularFile(file) ? "" : file.getFileName().toString().toLowerCase(Locale.ROOT);
            return Arrays.stream(values()).filter(kind -> kind.name.matcher(name).matches()).findFirst();
        }
    }

    /** Nothing to be given. */
    @Override
    public String name() {
        return "";
    }

    @Override
    public boolean recognises(Path path) {
        return find(path).isPresent();
    }

    /** The first such file, where there are no folders that could hold images. */
    private static Optional<Path> find(Path path) {
        if (!Files.isDirectory(path)) {
            return Kind.of(path).map(_ -> path);
        }
        List<Path> inside = Listing.of(path, entries -> entries.sorted().toList());
        List<Path> folders = inside.stream().filter(each -> Files.isDirectory(each) && !each.getFileName().toString().startsWith(".")).toList();
        Optional<Path> unread = Stream.concat(inside.stream(), folders.stream().limit(4).map(each -> each.resolve("data.mdb")))
                .filter(each -> Kind.of(each).isPresent()).min(Comparator.comparing(each -> Kind.of(each).orElseThrow()));
        return unread.filter(file -> folders.stream().allMatch(folder -> Files.exists(folder.resolve("data.mdb"))));
    }

    @Override
    public Dataset open(Path path, Opening opening) {
        Path file = find(path).orElseThrow();
        if (Kind.of(file).orElseThrow() == Kind.TAR) {
            // What is none, or cut off, says so.
            TarFile.scan(file, _ -> false);
        }
        throw new DataException(file + " " + Kind.of(file).orElseThrow().advice);
    }
}

package alexnet.core.data.shard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.Form;
import alexnet.core.data.Opening;
import alexnet.core.data.Skipped;
import alexnet.core.data.TestSet;

/** The folder of a prepared set, see {@link SetFolder}. */
public final class PreparedSetForm implements Form {

    private static final int HEAD = 4096;
    private static final String MARK = "alexnet-set-";

    @Override
    public String name() {
        return "prepared sets";
    }

    /** Also one that is not finished or whose manifest is damaged, so that this is what is said of it. */
    @Override
    public boolean recognises(Path path) {
        SetFolder folder = new SetFolder(path);
        return Files.isDirectory(folder.unfinished()) || Files.isRegularFile(folder.manifest())
                && (Files.isRegularFile(folder.index(Split.TRAIN)) || marked(folder.manifest()));
    }

    private static boolean marked(Path manifest) {
        try (InputStream stream = Files.newInputStream(manifest)) {
            return new String(stream.readNBytes(HEAD), StandardCharsets.ISO_8859_1).contains(MARK);
        } catch (IOException failure) {
            throw new DataException("cannot read " + manifest + ": " + Skipped.reason(failure), failure);
        }
    }

    @Override
    public Dataset open(Path path, Opening opening) {
        Manifest manifest = manifest(path);
        List<Skipped> bad = SetFiles.bad(path, manifest, Set.of(Split.values()));
        PreparedHalf training = PreparedHalf.open(path, manifest, Split.TRAIN);
        try {
            PreparedHalf validation = PreparedHalf.open(path, manifest, Split.VAL);
            return new Dataset(path, training, validation, classes(manifest), bad, notes(path, manifest, bad));
        } catch (RuntimeException failure) {
            training.close();
            throw failure;
        }
    }

    @Override
    public TestSet openTest(Path path, Optional<Fingerprint> trained, Opening opening) {
        Manifest manifest = manifest(path);
        List<Skipped> bad = SetFiles.bad(path, manifest, Set.of(Split.VAL));
        return new TestSet(path, PreparedHalf.open(path, manifest, Split.VAL), classes(manifest), bad, notes(path, manifest, bad));
    }

    private static Manifest manifest(Path path) {
        if (!SetFolder.isPrepared(path)) {
            throw new DataException(path + " is a prepared set that is not finished: go on by the command that it was begun with");
        }
        return Manifest.read(path);
    }

    private static List<ClassName> classes(Manifest manifest) {
        return manifest.classes().stream().map(Manifest.ClassName::known).toList();
    }

    private static List<String> notes(Path path, Manifest manifest, List<Skipped> bad) {
        List<String> notes = new ArrayList<>();
        notes.add("a prepared set: " + manifest.preprocessing().size() + " pixels, " + switch (manifest.encoding()) {
            case RAW -> "raw";
            case JPEG -> "JPEG of quality " + manifest.quality();
        });
        if (!bad.isEmpty()) {
            notes.add(bad.size() + (bad.size() == 1 ? " image" : " images") + " could not be read when it was prepared: " + new SetFolder(path).badImages());
        }
        return notes;
    }
}

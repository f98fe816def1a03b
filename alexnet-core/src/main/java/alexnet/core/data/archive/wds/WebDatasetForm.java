package alexnet.core.data.archive.wds;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.Form;
import alexnet.core.data.Opening;
import alexnet.core.data.Skipped;
import alexnet.core.data.TestSet;
import alexnet.core.data.archive.ArchivedImages;
import alexnet.core.data.archive.HeldOutSamples;
import alexnet.core.data.archive.Kept;
import alexnet.core.data.archive.KeptIndex;
import alexnet.core.data.archive.OpenArchives;
import alexnet.core.data.folder.Half;

/**
 * WebDataset's tars, such as {@code imagenet1k-train-0000.tar} and {@code imagenet1k-validation-00.tar}: in them the files of one stem are a
 * sample, an image ({@code jpg}, {@code png}, {@code webp}) and its class ({@code cls}, or {@code json} with {@code label}). They are read
 * in place.
 */
public final class WebDatasetForm implements Form {

    @Override
    public String name() {
        return "WebDataset tars";
    }

    @Override
    public boolean recognises(Path path) {
        return Shards.areIn(path);
    }

    @Override
    public Dataset open(Path path, Opening opening) {
        Shards shards = Shards.of(path);
        if (shards.training().isEmpty()) {
            throw new DataException(path + " has no tars for training, such as train-0000.tar: put them beside the others");
        }
        List<Kept> halves = new ArrayList<>();
        try {
            halves.add(kept(shards, "train", shards.training(), opening));
            if (!shards.measured().isEmpty()) {
                halves.add(kept(shards, "val", shards.measured(), opening));
            }
            return dataset(path, shards, halves, Labels.of(path.toString(), halves, shards.info().classes()));
        } catch (DataException e) {
            halves.forEach(half -> half.index().close());
            throw e;
        }
    }

    private static Dataset dataset(Path path, Shards shards, List<Kept> halves, Labels labels) {
        List<Skipped> skipped = new ArrayList<>();
        List<String> notes = new ArrayList<>(labels.note().stream().toList());
        halves.forEach(half -> notes.addAll(half.notes()));
        ArchivedImages training = images(halves.getFirst(), shards.training(), labels, skipped);
        if (shards.measured().isEmpty()) {
            HeldOutSamples split = HeldOutSamples.of(training, labels.classes().size(), path.toString());
            skipped.addAll(split.skipped());
            notes.addAll(split.notes());
            return new Dataset(path, split.training(), split.validation(), labels.classes(), skipped, notes);
        }
        if (shards.half() == Half.TEST) {
            notes.add("validation images are those for test");
        }
        return new Dataset(path, training, images(halves.getLast(), shards.measured(), labels, skipped), labels.classes(), skipped, notes);
    }

    @Override
    public TestSet openTest(Path path, Optional<Fingerprint> trained, Opening opening) {
        Shards shards = Shards.of(path);
        List<Path> tars = shards.measured().isEmpty() ? shards.training() : shards.measured();
        Kept measured = kept(shards, shards.measured().isEmpty() ? "train" : "val", tars, opening);
        try {
            Labels labels = Labels.of(path.toString(), List.of(measured), shards.info().classes());
            List<Skipped> skipped = new ArrayList<>();
            List<String> notes = new ArrayList<>(labels.note().stream().toList());
            notes.addAll(measured.notes());
            return new TestSet(path, images(measured, tars, labels, skipped), labels.classes(), skipped, notes);
        } catch (DataException e) {
            measured.index().close();
            throw e;
        }
    }

    private static Kept kept(Shards shards, String name, List<Path> tars, Opening opening) {
        String what = tars.size() + (tars.size() == 1 ? " tar" : " tars") + " of WebDataset in " + shards.folder();
        Kept kept = new KeptIndex("wds-" + name, shards.folder(), tars, opening).open(what, (found, progress) -> SampleSearch.find(tars, shards.info(), found, progress));
        if (kept.index().size() == 0) {
            kept.index().close();
            throw new DataException(what + " hold no samples of an image and its class");
        }
        return kept;
    }

    private static ArchivedImages images(Kept kept, List<Path> tars, Labels labels, List<Skipped> skipped) {
        int[] samples = new int[kept.index().size()];
        int[] ranks = new int[samples.length];
        int count = 0;
        for (int i = 0; i < samples.length; i++) {
            String text = kept.text(i);
            int rank = labels.rank(text);
            if (rank < 0) {
                skipped.add(new Skipped(kept.containers().get(kept.index().container(i)) + "/" + kept.index().name(i), "has no label", true));
            } else {
                samples[count] = i;
                ranks[count++] = rank;
            }
        }
        return new ArchivedImages(new OpenArchives(kept, tars, container -> container), Arrays.copyOf(samples, count), Arrays.copyOf(ranks, count),
                SampleKeys.of(kept)::name);
    }
}

package alexnet.core.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * By what a run knows its images again: training goes on bit for bit only with the same images in the same halves.
 *
 * @param images every image that was used or could not be read, by name, however Unicode spells it; none where halves are known as a whole
 * @param wholes what is known of each half as a whole, both or none of them
 */
public record Fingerprint(Map<String, Image> images, Map<Use, Whole> wholes) {

    /** What begins the line of a half that is known as a whole. */
    private static final String WHOLE = "WHOLE";

    /** Of a set that is known image by image. */
    public Fingerprint(Map<String, Image> images) {
        this(images, Map.of());
    }

    /**
     * A half that is known as a whole.
     *
     * @param images how many
     * @param digest see {@link ImageSource#digest}
     */
    public record Whole(int images, String digest) {
    }

    /** What became of an image. */
    public enum Use {
        TRAINING, VALIDATION, UNREADABLE
    }

    /**
     * An image.
     *
     * @param use     what became of it
     * @param label   its class; -1 if it could not be read
     * @param content see {@link ImageSource#content}; empty if it could not be read
     */
    public record Image(Use use, int label, String content) {

        private static final Image UNREADABLE = new Image(Use.UNREADABLE, -1, "");
    }

    /** Far above what any set has; memory is not taken on a damaged file's word. */
    private static final int LIMIT = 100_000_000;

    /** Of a set as it is now: as a whole where its sources are known so, which a million images have to be, or else image by image. */
    public static Fingerprint of(Dataset dataset, StoredImages training, StoredImages validation, List<Skipped> skipped) {
        Optional<String> trained = dataset.training().digest();
        Optional<String> validated = dataset.validation().digest();
        return trained.isPresent() && validated.isPresent()
                ? new Fingerprint(Map.of(), new EnumMap<>(Map.of(Use.TRAINING, new Whole(training.size(), trained.get()),
                        Use.VALIDATION, new Whole(validation.size(), validated.get()))))
                : of(training, validation, skipped);
    }

    private static Fingerprint of(StoredImages training, StoredImages validation, List<Skipped> skipped) {
        Map<String, Image> images = new LinkedHashMap<>();
        add(images, training, Use.TRAINING);
        add(images, validation, Use.VALIDATION);
        skipped.stream().filter(Skipped::unreadable).forEach(file -> images.put(Names.composed(file.name()), Image.UNREADABLE));
        return new Fingerprint(images);
    }

    private static void add(Map<String, Image> images, StoredImages stored, Use use) {
        for (int i = 0; i < stored.size(); i++) {
            images.put(Names.composed(stored.name(i)), new Image(use, stored.label(i), stored.content(i)));
        }
    }

    /** As few bytes, for {@link #unpack}. */
    public byte[] pack() {
        var packed = new ByteArrayOutputStream();
        try (var printer = new CSVPrinter(new OutputStreamWriter(new GZIPOutputStream(packed), StandardCharsets.UTF_8), CSVFormat.DEFAULT)) {
            for (Map.Entry<Use, Whole> half : wholes.entrySet()) {
                printer.printRecord(WHOLE, half.getValue().images, half.getValue().digest, half.getKey());
            }
            for (Map.Entry<String, Image> image : images.entrySet()) {
                printer.printRecord(image.getValue().use, image.getValue().label, image.getValue().content, image.getKey());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /**
     * What {@link #pack} has packed.
     *
     * @throws IllegalArgumentException if it is damaged
     */
    public static Fingerprint unpack(byte[] packed) {
        Map<String, Image> images = new LinkedHashMap<>();
        Map<Use, Whole> wholes = new EnumMap<>(Use.class);
        try (var reader = new InputStreamReader(new GZIPInputStream(new ByteArrayInputStream(packed)), StandardCharsets.UTF_8);
                var records = CSVFormat.DEFAULT.parse(reader)) {
            for (CSVRecord each : records) {
                if (each.size() != 4 || images.size() == LIMIT) {
                    throw new IllegalArgumentException("its list of images is damaged in line " + each.getRecordNumber());
                }
                if (each.get(0).equals(WHOLE)) {
                    wholes.put(Use.valueOf(each.get(3)), new Whole(Integer.parseInt(each.get(1)), each.get(2)));
                    continue;
                }
                images.put(each.get(3), new Image(Use.valueOf(each.get(0)), Integer.parseInt(each.get(1)), each.get(2)));
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new IllegalArgumentException("its list of images is damaged: " + e.getMessage(), e);
        }
        if (!wholes.isEmpty() && !wholes.keySet().equals(EnumSet.of(Use.TRAINING, Use.VALIDATION))) {
            throw new IllegalArgumentException("its list of images is damaged: it has one half alone");
        }
        return new Fingerprint(images, wholes);
    }

    /** Whether nothing is known of a single image. */
    public boolean isWhole() {
        return !wholes.isEmpty();
    }

    /** By what the images that were learnt from are known; none where they are known as a whole. */
    public Set<String> trainedContents() {
        return images.values().stream().filter(image -> image.use == Use.TRAINING).map(Image::content).collect(Collectors.toSet());
    }

    /**
     * A data set in the halves that its images were in: what is new since, or changed, or could not be read, is left out, which a
     * note tells.
     *
     * @throws DataException if nothing is left of one of them
     */
    public Dataset halves(Dataset now) {
        if (isWhole()) {
            if (!wholes.get(Use.TRAINING).digest.equals(now.training().digest().orElse(""))
                    || !wholes.get(Use.VALIDATION).digest.equals(now.validation().digest().orElse(""))) {
                throw new DataException(now.folder() + " is not the set that the network was trained with");
            }
            return now;
        }
        Map<Use, List<Chosen.Place>> halves = new EnumMap<>(Use.class);
        List.of(Use.TRAINING, Use.VALIDATION).forEach(use -> halves.put(use, new ArrayList<>()));
        int others = 0;
        for (ImageSource source : List.of(now.training(), now.validation())) {
            for (int i = 0; i < source.size(); i++) {
                Image image = images.get(Names.composed(source.name(i)));
                if (image != null && image.label == source.label(i) && image.content.equals(source.content(i))) {
                    halves.get(image.use).add(new Chosen.Place(source, i));
                } else if (image == null || image.use != Use.UNREADABLE) {
                    others++;
                }
            }
        }
        List<String> notes = new ArrayList<>(now.notes());
        if (others > 0) {
            notes.add(others + (others == 1 ? " image is" : " images are") + " left out: new or changed since the network was trained");
        }
        for (Use use : halves.keySet()) {
            if (halves.get(use).isEmpty()) {
                throw new DataException(now.folder() + " has none of the " + use.name().toLowerCase(Locale.ROOT) + " images that the network was trained with");
            }
        }
        return new Dataset(now.folder(), new Chosen(now.channels(), halves.get(Use.TRAINING)),
                new Chosen(now.channels(), halves.get(Use.VALIDATION)), now.classNames(), now.skipped(), notes);
    }

    /** What can be different, causes before what follows from them. */
    private enum Change {
        MORE("more"), MISSING("missing"), CONTENT("changed in size or content"), CLASS("of another class"),
        LOST("no longer readable"), MENDED("readable that were not"),
        TO_VALIDATION("moved from training to validation"), TO_TRAINING("moved from validation to training");

        private final String words;

        Change(String words) {
            this.words = words;
        }
    }

    /**
     * What is different now, in a few words, with the name of the first image; empty if nothing is that training could
     * notice.
     */
    public Optional<String> changes(Fingerprint now) {
        if (isWhole() != now.isWhole()) {
            return Optional.of((isWhole() ? "known as a whole then, image by image now" : "known image by image then, as a whole now")
                    + ", so that nobody can tell whether they are the same");
        }
        if (isWhole()) {
            return wholeChanges(now);
        }
        Map<Change, List<String>> changes = new EnumMap<>(Change.class);
        now.images.forEach((name, image) -> change(images.get(name), image)
                .ifPresent(change -> changes.computeIfAbsent(change, _ -> new ArrayList<>()).add(name)));
        List<String> missing = images.entrySet().stream()
                .filter(image -> image.getValue().use != Use.UNREADABLE && !now.images.containsKey(image.getKey())).map(Map.Entry::getKey).toList();
        if (!missing.isEmpty()) {
            changes.put(Change.MISSING, missing);
        }
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(changes.entrySet().stream().map(change -> change.getValue().size() + " " + change.getKey().words)
                .collect(Collectors.joining(", ", "", "; the first: " + changes.values().iterator().next().getFirst())));
    }

    private Optional<String> wholeChanges(Fingerprint now) {
        List<String> changes = new ArrayList<>();
        wholes.forEach((use, before) -> {
            Whole after = now.wholes.get(use);
            String name = use.name().toLowerCase(Locale.ROOT);
            if (before.images != after.images) {
                changes.add(String.format(Locale.ROOT, "%,d %s images, not %,d", after.images, name, before.images));
            } else if (!before.digest.equals(after.digest)) {
                changes.add(String.format(Locale.ROOT, "as many %s images, but others, or prepared in another way", name));
            }
        });
        return changes.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", changes));
    }

    private static Optional<Change> change(Image before, Image now) {
        if (now.use == Use.UNREADABLE) {
            return before == null || before.use == Use.UNREADABLE ? Optional.empty() : Optional.of(Change.LOST);
        }
        if (before == null) {
            return Optional.of(Change.MORE);
        }
        if (before.use == Use.UNREADABLE) {
            return Optional.of(Change.MENDED);
        }
        if (!before.content.equals(now.content)) {
            return Optional.of(Change.CONTENT);
        }
        if (before.label != now.label) {
            return Optional.of(Change.CLASS);
        }
        if (before.use != now.use) {
            return Optional.of(now.use == Use.TRAINING ? Change.TO_TRAINING : Change.TO_VALIDATION);
        }
        return Optional.empty();
    }
}

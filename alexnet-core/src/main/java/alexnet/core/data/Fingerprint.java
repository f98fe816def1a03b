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
 * @param images every image that was used or could not be read, by name, however Unicode spells it
 */
public record Fingerprint(Map<String, Image> images) {

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

    /** Of a set as it is now. */
    public static Fingerprint of(StoredImages training, StoredImages validation, List<Skipped> skipped) {
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
        try (var reader = new InputStreamReader(new GZIPInputStream(new ByteArrayInputStream(packed)), StandardCharsets.UTF_8);
                var records = CSVFormat.DEFAULT.parse(reader)) {
            for (CSVRecord each : records) {
                if (each.size() != 4 || images.size() == LIMIT) {
                    throw new IllegalArgumentException("its list of images is damaged in line " + each.getRecordNumber());
                }
                images.put(each.get(3), new Image(Use.valueOf(each.get(0)), Integer.parseInt(each.get(1)), each.get(2)));
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new IllegalArgumentException("its list of images is damaged: " + e.getMessage(), e);
        }
        return new Fingerprint(images);
    }

    /** By what the images that were learnt from are known. */
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

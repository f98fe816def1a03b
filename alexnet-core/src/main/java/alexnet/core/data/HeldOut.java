package alexnet.core.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Splits labelled files into training and validation, by nothing but their content: on every machine, in any order and
 * under any name the same images are held out.
 *
 * <p>Of files with the same content (SHA-256) only the first by path is kept, so that none can leak from training into
 * validation. Then, in each class of {@code n} images, the {@code round(share n)} with the smallest hashes are held out,
 * at least one and at most {@code n - 1}; an only image is for training. An image more or less moves at most one other
 * over the boundary.
 *
 * @param training   the images to learn from, in their order
 * @param validation the images held out, in their order
 * @param skipped    files that could not be read
 * @param notes      what was done, for the user
 */
record HeldOut(List<LabelledFile> training, List<LabelledFile> validation, List<Skipped> skipped, List<String> notes) {

    private record Hashed(LabelledFile file, String hash, IOException failure) {
    }

    static HeldOut of(Path folder, List<LabelledFile> files, int classes, double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("held-out share " + share + " must lie between 0 and 1");
        }
        List<Skipped> skipped = new ArrayList<>();
        List<List<Hashed>> byClass = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            byClass.add(new ArrayList<>());
        }
        Set<String> seen = new HashSet<>();
        int duplicates = 0;
        for (Hashed hashed : files.parallelStream().map(HeldOut::hash).toList()) {
            if (hashed.failure != null) {
                skipped.add(Skipped.of(hashed.file.name(folder), hashed.failure));
            } else if (seen.add(hashed.hash)) {
                byClass.get(hashed.file.label()).add(hashed);
            } else {
                duplicates++;
            }
        }

        Set<LabelledFile> heldOut = new HashSet<>();
        for (List<Hashed> images : byClass) {
            int count = images.size() < 2 ? 0 : Math.clamp(Math.round(share * images.size()), 1, images.size() - 1);
            images.stream().sorted(Comparator.comparing(Hashed::hash)).limit(count).forEach(image -> heldOut.add(image.file));
        }
        if (heldOut.isEmpty()) {
            throw new DataException(folder + " has no class with two different images: none can be held out for validation");
        }
        List<LabelledFile> kept = byClass.stream().flatMap(List::stream).map(Hashed::file).toList();
        List<String> notes = new ArrayList<>();
        if (duplicates > 0) {
            notes.add(duplicates + (duplicates == 1 ? " file" : " files") + " left out whose content another file has too");
        }
        notes.add(String.format(Locale.ROOT, "%d of %d images held out for validation, %.0f %% of each class",
                heldOut.size(), kept.size(), 100 * share));
        return new HeldOut(kept.stream().filter(file -> !heldOut.contains(file)).toList(),
                kept.stream().filter(heldOut::contains).toList(), skipped, notes);
    }

    private static Hashed hash(LabelledFile file) {
        try (InputStream input = Files.newInputStream(file.path());
             var digest = new DigestInputStream(input, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return new Hashed(file, HexFormat.of().formatHex(digest.getMessageDigest().digest()), null);
        } catch (IOException e) {
            return new Hashed(file, null, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

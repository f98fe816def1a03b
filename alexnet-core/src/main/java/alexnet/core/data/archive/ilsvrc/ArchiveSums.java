package alexnet.core.data.archive.ilsvrc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

import alexnet.core.data.DataException;
import alexnet.core.data.Skipped;
import alexnet.core.data.folder.Listing;

/** Compares ILSVRC-2012's archives with the MD5 sums that were published of them. */
public final class ArchiveSums {

    private static final int BUFFER = 1 << 20;

    /** What sums were published of. */
    private enum Published {
        TRAINING("ILSVRC2012_img_train.tar", "1d675b47d978889d74fa0da5fadfb00e", "the training images"),
        VALIDATION("ILSVRC2012_img_val.tar", "29b22e2961454d5413ddabcf34fc5622", "the validation images"),
        DEVKIT("ILSVRC2012_devkit_t12.tar.gz", "fa75699e90414af021442c21a62c3abf", "the development kit"),
        TEST("ILSVRC2012_img_test_v10102019.tar", "e1b8681fff3d63731c599df9b4b6fc02", "the test images"),
        OLD_TEST("ILSVRC2012_img_test.tar", "fe64ceb247e473635708aed23ab6d839", "the test images of before 2019"),
        DOGS("ILSVRC2012_img_train_t3.tar", "ccaf1013018ac1037801578038d370da", "the dogs of task 3");

        private final String file;
        private final String md5;
        private final String what;

        Published(String file, String md5, String what) {
            this.file = file;
            this.md5 = md5;
            this.what = what;
        }

        static Optional<Published> of(String md5) {
            return Arrays.stream(values()).filter(each -> each.md5.equals(md5)).findFirst();
        }

        static Optional<Published> named(Path file) {
            return Arrays.stream(values()).filter(each -> each.file.equals(file.getFileName().toString())).findFirst();
        }
    }

    /**
     * What a sum says.
     *
     * @param right whether the archive is one of those that training takes, and as it was published
     * @param line  the same for the user
     */
    public record Verdict(boolean right, String line) {
    }

    private ArchiveSums() {
    }

    /**
     * The archives in a folder, or the one that is named.
     *
     * @throws DataException if there is none
     */
    public static List<Path> archives(Path source) {
        if (!Files.exists(source)) {
            throw new DataException("no such folder: " + source);
        }
        if (!Files.isDirectory(source)) {
            return List.of(source);
        }
        List<Path> archives = Listing.of(source, inside -> inside.filter(path -> Files.isRegularFile(path)
                && (Published.named(path).isPresent() || IlsvrcFiles.areIn(path))).sorted().toList());
        if (archives.isEmpty()) {
            throw new DataException(source + " has none of the archives that MD5 sums are published of: "
                    + String.join(", ", Arrays.stream(Published.values()).limit(3).map(each -> each.file).toList()));
        }
        return archives;
    }

    /**
     * Reads an archive and compares.
     *
     * @param progress told how many bytes more were read
     */
    public static Verdict check(Path file, LongConsumer progress) {
        String md5 = md5(file, progress);
        return verdict(file, md5);
    }

    /** What the sum of a file says. */
    static Verdict verdict(Path file, String md5) {
        Optional<Published> known = Published.of(md5);
        if (known.isEmpty()) {
            String published = Published.named(file).map(each -> ", " + each.md5 + " is published").orElse(": none that is published");
            return new Verdict(false, file + ": md5 " + md5 + published + ": damaged, cut off or another: get it anew");
        }
        if (known.get() == Published.DOGS) {
            return new Verdict(false, file + ": " + Published.DOGS.what + ", another task of ILSVRC-2012, not the training images: get " + Published.TRAINING.file + " (138 GB)");
        }
        return new Verdict(true, file + ": " + known.get().what + ", as published (md5 " + md5 + ")");
    }

    private static String md5(Path file, LongConsumer progress) {
        try (InputStream stream = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            byte[] buffer = new byte[BUFFER];
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                digest.update(buffer, 0, read);
                progress.accept(read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new DataException("cannot read " + file + ": " + Skipped.reason(e), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}

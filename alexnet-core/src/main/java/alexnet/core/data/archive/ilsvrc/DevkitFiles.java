package alexnet.core.data.archive.ilsvrc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import alexnet.core.data.DataException;
import alexnet.core.data.Skipped;
import alexnet.core.data.archive.tar.TarBytes;
import alexnet.core.data.archive.tar.TarScan;

/**
 * The two files of a development kit that are used, wherever they were found: in {@code ILSVRC2012_devkit_t12.tar.gz}, or in its folder
 * where it was unpacked.
 *
 * @param place       the archive or the folder
 * @param meta        the content of {@code meta.mat}
 * @param groundTruth the content of the other
 */
record DevkitFiles(Path place, byte[] meta, String groundTruth) {

    static final String GROUND_TRUTH = "ILSVRC2012_validation_ground_truth.txt";
    private static final String META = "meta.mat";
    private static final String TRUTH_END = "validation_ground_truth.txt";
    /** The kit has 2.5 MB. */
    private static final int LIMIT = 1 << 26;
    private static final int GZIP_MAGIC = 0x1F8B;

    /**
     * Looks for a kit in a folder.
     *
     * @throws DataException if there is one that is damaged
     */
    static Optional<DevkitFiles> find(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path path : inside.sorted().toList()) {
                Optional<DevkitFiles> found = Files.isDirectory(path) ? unpacked(path) : isArchive(path) ? inArchive(path) : Optional.empty();
                if (found.isPresent()) {
                    return found;
                }
            }
            return unpacked(folder);
        } catch (IOException e) {
            throw new DataException("cannot look for the development kit in " + folder + ": " + Skipped.reason(e), e);
        }
    }

    /**
     * The content of {@code meta.mat} alone.
     *
     * @param place that file, the kit's archive, its folder, or the folder that one of them lies in
     * @throws DataException if it is damaged or not there
     */
    static byte[] meta(Path place) {
        try {
            if (Files.isDirectory(place)) {
                return find(place).map(DevkitFiles::meta).orElseThrow(() -> new DataException(place + " holds no development kit, "
                        + "ILSVRC2012_devkit_t12.tar.gz or what was in it"));
            }
            if (place.getFileName().toString().endsWith(".mat")) {
                return limited(Files.newInputStream(place), place.toString());
            }
            return packed(place).map(DevkitFiles::meta).orElseThrow(() -> new DataException(place + " is no development kit: it holds no " + META));
        } catch (IOException e) {
            throw new DataException("cannot read " + place + ": " + Skipped.reason(e), e);
        }
    }

    private static boolean isArchive(Path path) throws IOException {
        String name = path.getFileName().toString();
        return Files.isRegularFile(path) && (name.endsWith(".tar.gz") || name.endsWith(".tgz") || name.contains("devkit") && name.endsWith(".tar"))
                && Files.size(path) <= LIMIT;
    }

    private static Optional<DevkitFiles> unpacked(Path folder) throws IOException {
        for (Path data : List.of(folder, folder.resolve("data"))) {
            Path meta = data.resolve(META);
            Path truth = data.resolve(GROUND_TRUTH);
            if (Files.isRegularFile(meta) && Files.isRegularFile(truth)) {
                return Optional.of(new DevkitFiles(folder, limited(Files.newInputStream(meta), meta.toString()),
                        new String(limited(Files.newInputStream(truth), truth.toString()), StandardCharsets.UTF_8)));
            }
        }
        return Optional.empty();
    }

    /** What is called otherwise may be something else, and damaged. */
    private static Optional<DevkitFiles> inArchive(Path file) throws IOException {
        try {
            return packed(file);
        } catch (DataException e) {
            if (file.getFileName().toString().contains("devkit")) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static Optional<DevkitFiles> packed(Path file) throws IOException {
        byte[] bytes = limited(Files.newInputStream(file), file.toString());
        if (bytes.length > 1 && ((bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF) == GZIP_MAGIC) {
            try {
                bytes = limited(new GZIPInputStream(new ByteArrayInputStream(bytes)), file.toString());
            } catch (IOException e) {
                throw new DataException(file + " is damaged or was cut off: get it anew", e);
            }
        }
        byte[] tar = bytes;
        byte[][] found = new byte[2][];
        TarScan.scan(TarBytes.of(tar), file.toString(), 0, tar.length, entry -> {
            String name = entry.fileName();
            int which = name.equals(META) ? 0 : name.endsWith(TRUTH_END) ? 1 : -1;
            if (which >= 0) {
                found[which] = TarBytes.of(tar).read(entry.offset(), (int) entry.length());
            }
            return found[0] == null || found[1] == null;
        });
        if (found[0] == null && found[1] == null) {
            return Optional.empty();
        }
        if (found[0] == null || found[1] == null) {
            throw new DataException(file + " has no " + (found[0] == null ? META : GROUND_TRUTH) + ": get it anew");
        }
        return Optional.of(new DevkitFiles(file, found[0], new String(found[1], StandardCharsets.UTF_8)));
    }

    private static byte[] limited(InputStream stream, String name) throws IOException {
        try (stream) {
            byte[] bytes = stream.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw new DataException(name + " holds more than " + LIMIT + " bytes, far more than a development kit: get it anew");
            }
            return bytes;
        }
    }
}

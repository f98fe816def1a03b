package alexnet.core.data.imitation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Sets in which one file means harm, however it came there: to memory, to files elsewhere, or to what is believed of it. */
public enum Harm {
    /** Pictures of 60,000 x 60,000 pixels: one that is one, in 437 KB, and one that says it is. */
    HUGE_PICTURES(Form.FOLDERS, true) {
        @Override
        void plant(ImitatedSet set, Path folder, int bomb) throws IOException {
            Path images = folder.resolve("train").resolve(set.wnid(0));
            Files.write(images.resolve(set.wnid(0) + "_900001.JPEG"), blankPng(HUGE));
            Files.write(images.resolve(set.wnid(0) + "_900002.JPEG"), Kind.HUGE.file(set.photographs().at(0), "900002"));
        }
    },
    /** Members whose names lead out of the folder that they would be unpacked into. */
    NAMES_OUTSIDE(Form.ARCHIVES, false) {
        @Override
        void plant(ImitatedSet set, Path folder, int bomb) throws IOException {
            replaceTrain(set, folder, tar -> {
                tar.add("../../outside_1.JPEG", set.photographs().at(0));
                tar.add(folder.toAbsolutePath().getParent().resolve("outside_2.JPEG").toString(), set.photographs().at(1));
            });
        }
    },
    /** Members that are links to files elsewhere. */
    LINKS(Form.ARCHIVES, false) {
        @Override
        void plant(ImitatedSet set, Path folder, int bomb) throws IOException {
            replaceTrain(set, folder, tar -> {
                tar.write(TarWriter.header(set.wnid(0) + "_900001.JPEG", 0, TarWriter.SYMBOLIC_LINK, "/etc/passwd"));
                tar.write(TarWriter.header(set.wnid(0) + "_900002.JPEG", 0, TarWriter.HARD_LINK, "../../../outside.JPEG"));
            });
        }
    },
    /** An image that says to be longer than the tar of its class. */
    LONG_IMAGE(Form.ARCHIVES, false) {
        @Override
        void plant(ImitatedSet set, Path folder, int bomb) throws IOException {
            replaceTrain(set, folder, tar -> tar.write(TarWriter.header(set.wnid(0) + "_900001.JPEG", 1L << 32, TarWriter.FILE, "")));
        }
    },
    /** A class that says to be longer than the archive. */
    LONG_CLASS(Form.ARCHIVES, false) {
        @Override
        void plant(ImitatedSet set, Path folder, int bomb) throws IOException {
            overwrite(folder.resolve("ILSVRC2012_img_train.tar"), 0, TarWriter.header(set.wnid(0) + ".tar", 1L << 32, TarWriter.FILE, ""));
        }
    },
    /** An archive that ends in the middle, as of a download that was broken off. */
    CUT_ARCHIVE(Form.ARCHIVES, false) {
        @Override
        void plant(ImitatedSet set, Path folder, int bomb) throws IOException {
            try (RandomAccessFile file = new RandomAccessFile(folder.resolve("ILSVRC2012_img_val.tar").toFile(), "rw")) {
                file.setLength(file.length() / 2);
            }
        }
    },
    /** A devkit that is a thousand times as long when it is unpacked. */
    GZIP_BOMB(Form.ARCHIVES, false) {
        @Override
        void plant(ImitatedSet set, Path folder, int bomb) throws IOException {
            try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(folder.resolve(DEVKIT)))) {
                gzip.write(TarWriter.header("ILSVRC2012_devkit_t12/data/meta.mat", bomb, TarWriter.FILE, ""));
                zeros(gzip, bomb);
            }
        }
    },
    /** An array that is a thousand times as long as its meta.mat. */
    ZLIB_BOMB(Form.ARCHIVES, false) {
        @Override
        void plant(ImitatedSet set, Path folder, int bomb) throws IOException {
            var deflated = new ByteArrayOutputStream();
            try (OutputStream output = new DeflaterOutputStream(deflated)) {
                output.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(14).putInt(bomb - 8).array());
                zeros(output, bomb);
            }
            ByteBuffer element = ByteBuffer.allocate(8 + deflated.size()).order(ByteOrder.LITTLE_ENDIAN).putInt(15).putInt(deflated.size()).put(deflated.toByteArray());
            Files.write(folder.resolve(DEVKIT), Devkit.archive(MatFile.file(element.array()), "1\n".getBytes(StandardCharsets.US_ASCII)));
        }
    },
    /** A page that says to be long when it is unpacked. */
    PARQUET_BOMB(Form.PARQUET, false) {
        @Override
        void plant(ImitatedSet set, Path folder, int bomb) throws IOException {
            ParquetWriter.bomb(folder.resolve("data/train-00000-of-00002.parquet"), bomb);
        }
    },
    /** Metadata that says to be longer than the file. */
    PARQUET_FOOTER(Form.PARQUET, false) {
        @Override
        void plant(ImitatedSet set, Path folder, int bomb) throws IOException {
            Path file = folder.resolve("data/train-00000-of-00002.parquet");
            overwrite(file, Files.size(file) - 8, ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(Integer.MAX_VALUE - 20).array());
        }
    },
    /** A list of shards that leads elsewhere. */
    SHARDS_ELSEWHERE(Form.WEBDATASET, false) {
        @Override
        void plant(ImitatedSet set, Path folder, int bomb) throws IOException {
            Path info = folder.resolve("_info.json");
            Files.writeString(info, Files.readString(info).replace("imagenet1k-train-0000.tar", "../archives/../../../../../../etc/passwd"));
        }
    },
    /** A class of a number that no array has room for. */
    HUGE_CLASS(Form.WEBDATASET, false) {
        @Override
        void plant(ImitatedSet set, Path folder, int bomb) throws IOException {
            try (TarWriter tar = new TarWriter(folder.resolve("imagenet1k-train-0001.tar"))) {
                tar.add("n99999999_1.cls", "2147483647".getBytes(StandardCharsets.US_ASCII));
                tar.add("n99999999_1.jpg", set.photographs().at(0));
            }
        }
    };

    private static final int HUGE = 60_000;
    private static final String DEVKIT = "ILSVRC2012_devkit_t12.tar.gz";

    private final Form form;
    private final boolean usable;

    Harm(Form form, boolean usable) {
        this.form = form;
        this.usable = usable;
    }

    /** Whether the others of the set can be used, and have to be. */
    public boolean usable() {
        return usable;
    }

    /**
     * Writes a set of which nothing else is wrong, and the harm into it.
     *
     * @param bomb bytes that a small file becomes, or says to become, when it is unpacked
     */
    public void write(ImitatedSet set, Path folder, int bomb) throws IOException {
        form.write(set, folder);
        plant(set, folder, bomb);
    }

    abstract void plant(ImitatedSet set, Path folder, int bomb) throws IOException;

    private static void replaceTrain(ImitatedSet set, Path folder, TarWriter.Content more) throws IOException {
        try (TarWriter train = new TarWriter(folder.resolve("ILSVRC2012_img_train.tar"))) {
            for (int rank = 0; rank < set.classes(); rank++) {
                int label = rank;
                train.addTar(set.wnid(rank) + ".tar", tar -> {
                    if (label == 0) {
                        more.write(tar);
                    }
                    for (Sample sample : set.training().filter(each -> each.label() == label).toList()) {
                        tar.add(sample.name() + ".JPEG", sample.bytes());
                    }
                });
            }
        }
    }

    private static void overwrite(Path file, long at, byte[] bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            open.write(bytes);
        }
    }

    private static void zeros(OutputStream output, long count) throws IOException {
        byte[] block = new byte[1 << 20];
        for (long left = count; left > 0; left -= block.length) {
            output.write(block, 0, (int) Math.min(left, block.length));
        }
    }

    /** A PNG of one bit a pixel, all black. */
    private static byte[] blankPng(int side) {
        var png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        chunk(png, "IHDR", ByteBuffer.allocate(13).putInt(side).putInt(side).put(new byte[] {1, 0, 0, 0, 0}).array());
        var data = new ByteArrayOutputStream();
        try (OutputStream output = new DeflaterOutputStream(data, new Deflater(Deflater.BEST_COMPRESSION))) {
            zeros(output, (long) side * (side / 8 + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        chunk(png, "IDAT", data.toByteArray());
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        CRC32 crc = new CRC32();
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        crc.update(name);
        crc.update(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        png.writeBytes(name);
        png.writeBytes(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

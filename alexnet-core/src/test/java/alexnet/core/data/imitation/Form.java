package alexnet.core.data.imitation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The forms in which people have ImageNet. */
public enum Form {
    /** {@code train/<wnid>/*.JPEG} and {@code val/<wnid>/*.JPEG}. */
    FOLDERS {
        @Override
        public void write(ImitatedSet set, Path folder) throws IOException {
            each(Stream.concat(set.training(), set.validation()), sample ->
                    file(folder.resolve(sample.split()).resolve(set.wnid(sample.label())).resolve(sample.name() + ".JPEG"), sample.bytes()));
        }
    },
    /** A tar of a tar a class, a flat tar, and the devkit. */
    ARCHIVES {
        @Override
        public void write(ImitatedSet set, Path folder) throws IOException {
            Files.createDirectories(folder);
            try (TarWriter train = new TarWriter(folder.resolve("ILSVRC2012_img_train.tar"))) {
                for (int rank = 0; rank < set.classes(); rank++) {
                    int label = rank;
                    train.addTar(set.wnid(rank) + ".tar", tar -> each(set.training().filter(sample -> sample.label() == label),
                            sample -> tar.add(sample.name() + ".JPEG", sample.bytes())));
                }
            }
            try (TarWriter val = new TarWriter(folder.resolve("ILSVRC2012_img_val.tar"))) {
                each(set.validation(), sample -> val.add(sample.name() + ".JPEG", sample.bytes()));
            }
            file(folder.resolve("ILSVRC2012_devkit_t12.tar.gz"), Devkit.archive(set));
        }
    },
    /** As Kaggle unpacks it: the validation images lie flat. */
    KAGGLE {
        @Override
        public void write(ImitatedSet set, Path folder) throws IOException {
            Path images = folder.resolve("ILSVRC/Data/CLS-LOC");
            each(set.training(), sample -> file(images.resolve("train").resolve(set.wnid(sample.label())).resolve(sample.name() + ".JPEG"), sample.bytes()));
            each(set.validation(), sample -> file(images.resolve("val").resolve(sample.name() + ".JPEG"), sample.bytes()));
            file(images.resolve("test/ILSVRC2012_test_00000001.JPEG"), set.photographs().at(0));
            Path sets = folder.resolve("ILSVRC/ImageSets/CLS-LOC");
            lines(sets.resolve("train_cls.txt"), set.training().map(sample -> set.wnid(sample.label()) + "/" + sample.name() + " " + numbered(sample)));
            lines(sets.resolve("train_loc.txt"), set.training().limit(1).map(sample -> set.wnid(sample.label()) + "/" + sample.name() + " 1"));
            lines(sets.resolve("val.txt"), set.validation().map(sample -> sample.name() + " " + numbered(sample)));
            lines(sets.resolve("test.txt"), Stream.of("ILSVRC2012_test_00000001 1"));
            file(folder.resolve("ILSVRC/Annotations/CLS-LOC/val/ILSVRC2012_val_00000001.xml"), "<annotation/>\n".getBytes(StandardCharsets.US_ASCII));
            lines(folder.resolve("LOC_synset_mapping.txt"), IntStream.range(0, set.classes()).mapToObj(rank -> set.wnid(rank) + " " + set.words(rank)));
            lines(folder.resolve("LOC_val_solution.csv"), Stream.concat(Stream.of("ImageId,PredictionString"), sorted(set.validation(), 7)
                    .map(sample -> sample.name() + "," + set.wnid(sample.label()) + " 85 1 499 272 " + set.wnid(sample.label()) + " 2 3 40 50 ")));
            lines(folder.resolve("LOC_train_solution.csv"), Stream.of("ImageId,PredictionString"));
            lines(folder.resolve("LOC_sample_submission.csv"), Stream.of("ImageId,PredictionString"));
        }

        private int numbered(Sample sample) {
            return Integer.parseInt(sample.name().substring(sample.name().lastIndexOf('_') + 1));
        }
    },
    /** WebDataset tars as timm publishes them. */
    WEBDATASET {
        @Override
        public void write(ImitatedSet set, Path folder) throws IOException {
            Files.createDirectories(folder);
            String train = tars(folder, "imagenet1k-train-%04d.tar", set.mixed(), set.trained(), pieces(set.trained(), 1251, 1024));
            String validation = tars(folder, "imagenet1k-validation-%02d.tar", set.validation(), set.validated(), pieces(set.validated(), 782, 64));
            lines(folder.resolve("_info.json"), Stream.of("{\"splits\": {\"train\": {\"name\": \"train\", " + train
                    + "}, \"validation\": {\"name\": \"validation\", " + validation + "}}}"));
        }

        private String tars(Path folder, String pattern, Stream<Sample> samples, int count, int shards) throws IOException {
            List<String> files = new ArrayList<>();
            List<String> lengths = new ArrayList<>();
            var next = samples.iterator();
            for (int shard = 0; shard < shards; shard++) {
                int length = (int) ((long) count * (shard + 1) / shards - (long) count * shard / shards);
                files.add('"' + pattern.formatted(shard) + '"');
                lengths.add(String.valueOf(length));
                try (TarWriter tar = new TarWriter(folder.resolve(pattern.formatted(shard)))) {
                    for (int i = 0; i < length; i++) {
                        Sample sample = next.next();
                        tar.add(sample.name() + ".cls", String.valueOf(sample.label()).getBytes(StandardCharsets.US_ASCII));
                        tar.add(sample.name() + ".jpg", sample.bytes());
                        tar.add(sample.name() + ".json", "{\"label\": %d, \"filename\": \"%s.JPEG\"}".formatted(sample.label(), sample.name()).getBytes(StandardCharsets.US_ASCII));
                    }
                }
            }
            return "\"num_samples\": " + count + ", \"filenames\": [" + String.join(", ", files) + "], \"shard_lengths\": [" + String.join(", ", lengths) + "]";
        }
    },
    /** Parquet files as Hugging Face has them. */
    PARQUET {
        @Override
        public void write(ImitatedSet set, Path folder) throws IOException {
            Path data = folder.resolve("data");
            Files.createDirectories(data);
            files(set, data, "train", set.mixed(), set.trained(), pieces(set.trained(), 4357, 294));
            files(set, data, "validation", set.validation(), set.validated(), pieces(set.validated(), 3571, 14));
            try (ParquetWriter test = new ParquetWriter(data.resolve("test-00000-of-00001.parquet"), set.wordsOfAll())) {
                test.add(set.photographs().at(0), "ILSVRC2012_test_00000001.JPEG", -1);
            }
        }

        private void files(ImitatedSet set, Path folder, String split, Stream<Sample> samples, int count, int files) throws IOException {
            var next = samples.iterator();
            for (int file = 0; file < files; file++) {
                try (ParquetWriter writer = new ParquetWriter(folder.resolve("%s-%05d-of-%05d.parquet".formatted(split, file, files)), set.wordsOfAll())) {
                    for (long i = (long) count * file / files; i < (long) count * (file + 1) / files; i++) {
                        Sample sample = next.next();
                        writer.add(sample.bytes(), sample.name() + "_" + set.wnid(sample.label()) + ".JPEG", sample.label());
                    }
                }
            }
        }
    },
    /** Caffe's lists beside the folders. */
    LISTS {
        @Override
        public void write(ImitatedSet set, Path folder) throws IOException {
            each(set.training(), sample -> file(folder.resolve("train").resolve(set.wnid(sample.label())).resolve(sample.name() + ".JPEG"), sample.bytes()));
            each(set.validation(), sample -> file(folder.resolve("val").resolve(sample.name() + ".JPEG"), sample.bytes()));
            lines(folder.resolve("train.txt"), set.training().map(sample -> set.wnid(sample.label()) + "/" + sample.name() + ".JPEG " + sample.label()));
            lines(folder.resolve("val.txt"), set.validation().map(sample -> sample.name() + ".JPEG " + sample.label()));
            lines(folder.resolve("synset_words.txt"), IntStream.range(0, set.classes()).mapToObj(rank -> set.wnid(rank) + " " + set.words(rank)));
        }
    };

    /** Writes the set into a folder, which it makes. */
    public abstract void write(ImitatedSet set, Path folder) throws IOException;

    /** What may fail with each sample. */
    private interface Action {
        void accept(Sample sample) throws IOException;
    }

    private static void each(Stream<Sample> samples, Action action) throws IOException {
        try {
            samples.forEach(sample -> {
                try {
                    action.accept(sample);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Stream<Sample> sorted(Stream<Sample> samples, int modulus) {
        return samples.sorted((a, b) -> Integer.compare(a.name().hashCode() % modulus, b.name().hashCode() % modulus));
    }

    /** At least two, so that samples go over the end of a file. */
    private static int pieces(int count, int each, int most) {
        return Math.clamp((count + each - 1) / each, 2, most);
    }

    private static void file(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static void lines(Path file, Stream<String> lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, lines.collect(Collectors.joining("\n", "", "\n")));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

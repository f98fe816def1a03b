package alexnet.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Opening;
import alexnet.core.data.Resize;
import alexnet.core.data.StoredSize;
import alexnet.core.data.archive.ilsvrc.ArchiveSums;
import alexnet.core.data.catalog.Datasets;
import alexnet.core.data.decode.ImageDecoder;
import alexnet.core.data.shard.Encoding;
import alexnet.core.data.shard.Manifest;
import alexnet.core.data.shard.PreparationOptions;
import alexnet.core.data.shard.Preparer;
import alexnet.core.data.shard.SetCheck;
import alexnet.core.data.shard.SetFolder;
import alexnet.core.data.shard.SetSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a data set into shards that training reads from, however large it is. */
@Command(name = "prepare", sortOptions = false, mixinStandardHelpOptions = true,
        description = {"Decode the images of a data set once, bring them to one size and write them into shards: train reads these at any size of the"
            + " set without decoding photographs again.",
            "Stopped or killed, it goes on behind the last whole shard when the same command is given again, and ends with the same bytes."},
        footerHeading = "%nThe output folder gets%n",
        footer = {
            "  set.json         what it is, and a checksum a file; written last",
            "  train/, val/     shards: NumPy arrays and labels, or WebDataset tars",
            "  train.index ...  where each image lies in them",
            "  mean.npy ...     mean image, principal components of the colours",
            "  classes.json     the classes in the order of their labels",
            "  bad-images.csv   the images that could not be read"})
@Examples({"alexnet prepare --source ILSVRC2012/ --output imagenet",
    "alexnet prepare --source photos/ --output photos-256 --encoding jpeg",
    "alexnet prepare --source ILSVRC2012/ --verify    # are the MD5 sums right?",
    "alexnet prepare --output imagenet --check    # are all files as they were written?"})
final class PrepareCommand implements Runnable {

    private static final int MEGABYTE = 1_000_000;
    private static final int LARGEST_SHARD = 1 << 24;
    private static final int BEST_QUALITY = 100;
    private static final int DEFAULT_SIZE = 256;

    @Spec
    private CommandSpec spec;

    @Section("Data")
    @Option(names = "--source", paramLabel = "NAME|PATH", completionCandidates = Candidates.DataSets.class,
            description = "The images, in whatever form they are: the folder of ILSVRC's archives, folders of images, WebDataset tars, parquet"
                    + " files, and all else that train --data takes.")
    private String source;

    @Section("Data")
    @Option(names = "--verify", description = "Prepare nothing: compare the archives of ILSVRC-2012 with their published MD5 sums.")
    private boolean verify;

    @Mixin
    private DecoderOption decoder;

    @Mixin
    private MaxBadOption maxBad;

    @Section("Data")
    @Option(names = {"-j", "--workers"}, paramLabel = "N", description = "Threads that decode. Default: one a processor.")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Section("Shards")
    @Option(names = "--encoding", paramLabel = "raw|jpeg",
            description = "raw: NumPy arrays of pixels, which train takes as they are; jpeg: WebDataset tars, about a tenth of the size."
                    + " Default: raw.")
    private Encoding encoding = Encoding.RAW;

    @Section("Shards")
    @Option(names = "--size", paramLabel = "PIXELS", description = "Rows and columns of the images. Default: " + DEFAULT_SIZE + ", the paper's.")
    private int size = DEFAULT_SIZE;

    @Section("Shards")
    @Option(names = "--resize", paramLabel = "cover|squash",
            description = "cover: scale the shorter side to the size and keep the centre, as the paper does; squash: scale both sides, as Caffe"
                    + " does. Default: cover.")
    private Resize resize = Resize.COVER;

    @Section("Shards")
    @Option(names = "--quality", paramLabel = "N", description = "Of JPEGs, 1 to 100. Default: " + PreparationOptions.QUALITY + ".")
    private Integer quality;

    @Section("Shards")
    @Option(names = "--shard-images", paramLabel = "N", description = "Images a shard. Default: " + PreparationOptions.SHARD_IMAGES + ".")
    private int shardImages = PreparationOptions.SHARD_IMAGES;

    @Section("Output")
    @Option(names = {"-o", "--output"}, paramLabel = "FOLDER", description = "The folder of the prepared set, of it alone.")
    private Path output;

    @Section("Output")
    @Option(names = "--overwrite", description = "Discard the prepared set, or the begun one, that the output folder holds, and begin anew.")
    private boolean overwrite;

    @Section("Output")
    @Option(names = "--check", description = "Prepare nothing: read the prepared set in the output folder and compare all checksums.")
    private boolean check;

    @Mixin
    private LogOptions log;

    @Override
    public void run() {
        Usage.requireAtLeast(spec, "--workers", workers, 1);
        if (verify) {
            Usage.require(spec, source != null && output == null && !check && !overwrite, "--verify reads the archives of --source alone: "
                    + (source == null ? "--source is missing" : "leave out " + (output != null ? "--output" : check ? "--check" : "--overwrite")));
            verify();
            return;
        }
        Usage.require(spec, output != null, "--output is missing: name the folder of the prepared set");
        if (check) {
            Usage.require(spec, source == null && !overwrite, "--check reads the folder of --output alone: leave out " + (overwrite ? "--overwrite" : "--source"));
            check();
            return;
        }
        Usage.require(spec, source != null, "--source is missing: name what is to be prepared, or --check what is");
        Usage.requireWithin(spec, "--size", size, 1, StoredSize.LIMIT);
        Usage.require(spec, quality == null || encoding == Encoding.JPEG, "--quality is for --encoding jpeg alone");
        Usage.requireWithin(spec, "--quality", jpegQuality(), 1, BEST_QUALITY);
        Usage.requireWithin(spec, "--shard-images", shardImages, 1, LARGEST_SHARD);
        decoder.use();
        ImageDecoder.takeHalfOfHeap();
        boolean there = !overwrite && SetFolder.isPrepared(output);
        try (Dataset dataset = Datasets.open(source, Opening.standard(log.news()::println).withStaging(new SetFolder(output).unfinished()))) {
            requireApart(dataset.folder());
            DecoderOption.tell(log.news());
            tell(prepare(dataset), there);
        }
    }

    private int jpegQuality() {
        return quality == null ? PreparationOptions.QUALITY : quality;
    }

    private Manifest prepare(Dataset dataset) {
        var options = new PreparationOptions(encoding, size, resize, jpegQuality(), shardImages, workers, maxBad.value(),
                overwrite);
        String again = "the same command" + (overwrite ? " without --overwrite" : "");
        try (PreparationProgress progress = new PreparationProgress(output, again, log)) {
            return Preparer.prepare(dataset, output, options, progress);
        } catch (IOException failure) {
            throw new OutputException(output, failure, "; what is there stays, " + again + " goes on behind the last shard");
        }
    }

    private void requireApart(Path images) {
        Path from = images.toAbsolutePath().normalize();
        Path to = output.toAbsolutePath().normalize();
        Usage.require(spec, !to.startsWith(from) && !from.startsWith(to), "--output " + output + " and the images in " + images + " lie one in the other: name a folder apart");
    }

    /** What is told of a prepared set, in this order. */
    private record Prepared(Path folder, Encoding encoding, int size, int classes, int training, int validation, int shards, long bytes, int bad) {
    }

    private void tell(Manifest manifest, boolean there) {
        int shards = manifest.train().shards().size() + manifest.val().shards().size();
        long bytes = manifest.train().bytes() + manifest.val().bytes();
        int bad = manifest.train().bad() + manifest.val().bad();
        log.json().ifPresent(to -> to.write(new Prepared(output, encoding, size, manifest.classes().size(), manifest.train().images(), manifest.val().images(), shards,
                bytes, bad)));
        PrintWriter text = log.results();
        text.println(String.format(Locale.ROOT, "%s%s: %d training and %d validation images of %d classes in %d shards, %s", output,
                there ? " is prepared already" : "", manifest.train().images(), manifest.val().images(), manifest.classes().size(), shards, SetSize.text(bytes)));
        if (bad > 0) {
            text.println(String.format(Locale.ROOT, "%d of %d images could not be read and %s left out, see %s", bad,
                    bad + manifest.train().images() + manifest.val().images(), bad == 1 ? "is" : "are", new SetFolder(output).badImages()));
        }
        text.flush();
    }

    private void verify() {
        List<Path> archives = ArchiveSums.archives(Path.of(source));
        long megabytes = archives.stream().mapToLong(file -> file.toFile().length()).sum() / MEGABYTE;
        boolean right = true;
        long[] read = {0};
        try (Meter meter = log.meters().of("reading archives (MB)", megabytes)) {
            for (Path archive : archives) {
                ArchiveSums.Verdict verdict = ArchiveSums.check(archive, bytes -> meter.at((read[0] += bytes) / MEGABYTE, archive.getFileName().toString()));
                (verdict.right() ? spec.commandLine().getOut() : spec.commandLine().getErr()).println(verdict.line());
                right &= verdict.right();
            }
        }
        if (!right) {
            throw new DataException(source + ": not all archives are as they were published");
        }
    }

    private void check() {
        List<String> problems;
        try (Meter meter = log.meters().of("checking files", Manifest.read(output).fileCount())) {
            problems = SetCheck.problems(output, workers, (done, _) -> meter.at(done, ""));
        }
        problems.forEach(spec.commandLine().getErr()::println);
        if (!problems.isEmpty()) {
            throw new DataException(String.format(Locale.ROOT, "%s: %d %s wrong: bring the files back from a copy, or prepare the set anew by --overwrite", output,
                    problems.size(), problems.size() == 1 ? "thing is" : "things are"));
        }
        spec.commandLine().getOut().println(output + ": all files are as they were written");
    }
}

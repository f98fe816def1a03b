package alexnet.core.export;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

import alexnet.core.data.ClassName;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.Progress;
import alexnet.core.data.StoredImages;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Resize;
import alexnet.core.data.StoredSize;
import alexnet.core.data.feed.CheckedImages;
import alexnet.core.data.feed.Decoding;
import alexnet.core.data.folder.UnlabelledImages;
import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.group.ParameterTensor;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.model.Model;
import alexnet.core.model.ModelFile;
import alexnet.core.network.Architecture;
import alexnet.core.network.Initialization;
import alexnet.core.network.Layer;
import alexnet.core.training.Predictor;
import alexnet.core.training.View;
import alexnet.kernels.KernelFamilies;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A network as training might leave it, in a file without momenta, with what it says about some pictures. Biases are random too, and
 * the first weights strong enough that every constant of every layer shows in the answers.
 *
 * @param file          its weights and model
 * @param architecture  of the network
 * @param pictures      image files
 * @param probabilities of each picture by its name, computed by the network's own kernels
 */
record TrainedNetwork(Path file, Architecture architecture, List<Path> pictures, Map<String, float[]> probabilities) {

    private static final int PICTURES = 4;
    /** Than where training starts: the first maps are then large enough for the normalisation to matter. */
    private static final float STRONGER = 8;

    static TrainedNetwork in(Path folder, Architecture named) throws IOException {
        return in(folder, named, Model.ones(named.channels()));
    }

    static TrainedNetwork in(Path folder, Architecture named, List<Float> deviation) throws IOException {
        // Without normalisation KAIMING's logits are so large that one class has all of the probability.
        boolean normalizes = named.layers().stream().anyMatch(Layer.Normalization.class::isInstance);
        Architecture architecture = (normalizes ? Initialization.KAIMING : Initialization.PYTORCH).applyTo(named);
        Random random = new Random(11);
        StoredSize size = new StoredSize(architecture.storedSize(), architecture.storedSize());
        float[] mean = new float[architecture.channels() * size.area()];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = 90 + 60 * random.nextFloat();
        }
        DatasetStatistics statistics = new DatasetStatistics(architecture.channels(), size, 10, mean,
                new float[architecture.channels() * architecture.channels()], new float[architecture.channels()]);
        List<Path> pictures = pictures(folder, random);
        Map<String, float[]> probabilities = new HashMap<>();
        Path file = folder.resolve("trained.safetensors");
        List<TwoGroupNetwork.Placement> placements = Devices.ofRuntime().byDefault().stream().map(Device::device)
                .map(device -> new TwoGroupNetwork.Placement(device, KernelFamilies.of(device))).toList();
        List<ClassName> classes = ClassName.of(IntStream.range(0, architecture.classes()).mapToObj(c -> "Größe " + c).toList());
        Model model = new Model(architecture, Resize.COVER, statistics, deviation, classes);
        try (TwoGroupNetwork network = new TwoGroupNetwork(architecture, PICTURES, placements)) {
            network.initialize(7);
            for (ParameterTensor tensor : network.parameters()) {
                for (FloatArray part : tensor.parts()) {
                    switch (tensor.name()) {
                        case "conv1.weight" -> IntStream.range(0, part.getSize()).forEach(i -> part.set(i, STRONGER * part.get(i)));
                        case String name when name.endsWith(".bias") ->
                                IntStream.range(0, part.getSize()).forEach(i -> part.set(i, random.nextFloat()));
                        default -> { }
                    }
                }
            }
            network.setMean(mean);
            network.setDeviation(model.deviations());
            network.load();
            new Predictor(network, Preprocessing.covering(size), View.centre(architecture)).predict(pictures, probabilities::put, skipped -> {
                throw new IllegalStateException(skipped.toString());
            });
            ModelFile.write(file, model, network.parameters());
        }
        return new TrainedNetwork(file, architecture, pictures, probabilities);
    }

    /** Smooth shades with edges, as photographs have them, of different sizes. */
    private static List<Path> pictures(Path folder, Random random) throws IOException {
        List<Path> pictures = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            BufferedImage image = new BufferedImage(200 + 50 * i, 260, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            for (int shape = 0; shape < 12; shape++) {
                int x = random.nextInt(image.getWidth());
                int y = random.nextInt(image.getHeight());
                graphics.setPaint(new GradientPaint(x, y, colour(random), x + 90, y + 70, colour(random)));
                graphics.fillOval(x - 80, y - 60, 60 + random.nextInt(150), 60 + random.nextInt(150));
            }
            graphics.dispose();
            Path file = folder.resolve(i + ".png");
            ImageIO.write(image, "png", file.toFile());
            pictures.add(file);
        }
        return pictures;
    }

    private static Color colour(Random random) {
        return new Color(random.nextInt(1 << 24));
    }

    /** The centre crops of pictures, {@code [pictures][channels][inputSize][inputSize]}, samples of 0 to 255. */
    static float[] crops(Architecture architecture, List<Path> pictures) {
        int stored = architecture.storedSize();
        int size = architecture.inputSize();
        View view = View.centre(architecture).getFirst();
        StoredImages images = CheckedImages.load(new UnlabelledImages(pictures, architecture.channels()), Preprocessing.covering(new StoredSize(stored, stored)),
                new Decoding(1, Long.MAX_VALUE, Progress.NONE));
        float[] crops = new float[pictures.size() * architecture.channels() * size * size];
        byte[] pixels = new byte[images.imageLength()];
        int at = 0;
        for (int picture = 0; picture < pictures.size(); picture++) {
            images.read(picture, MemorySegment.ofArray(pixels));
            for (int channel = 0; channel < architecture.channels(); channel++) {
                for (int y = 0; y < size; y++) {
                    for (int x = 0; x < size; x++) {
                        crops[at++] = pixels[(channel * stored + view.top() + y) * stored + view.left() + x] & 0xFF;
                    }
                }
            }
        }
        return crops;
    }
}

package alexnet.runner;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import javax.imageio.ImageIO;

/**
 * What java's AOT cache is made of: runs the commands whose start is to be quick, on pictures of its own. scripts/aot.sh starts it with
 * an empty folder, which it fills. Exits with the code of the first command that fails, which it tells.
 */
final class Rehearsal {

    private static final int CLASSES = 2;
    private static final int PICTURES = 10;
    private static final int SIDE = 32;

    private Rehearsal() {
    }

    /** Does it in the folder that is named. */
    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        StandardError.reconnect();
        StatusLine.ofErrors().connect();
        StandardOutput.connect();
        Path folder = Path.of(arguments[0]);
        Path pictures = folder.resolve("pictures");
        draw(pictures);
        String run = folder.resolve("run").toString();
        String model = folder.resolve("run/last.safetensors").toString();
        for (List<String> command : List.of(
                List.of("--help"),
                List.of("train", "--help"),
                List.of("devices"),
                List.of("train", "--data", pictures.toString(), "--architecture", "alexnet-small", "--batch-size", "16", "--epochs", "1", "--output", run),
                List.of("predict", "--model", model, pictures.resolve("0/0.jpg").toString()),
                List.of("info", model))) {
            run(command);
        }
        System.exit(ExitCode.OK.code());
    }

    private static void run(List<String> command) {
        StringWriter said = new StringWriter();
        int code = Main.commandLine(new PrintWriter(said), new PrintWriter(said)).execute(command.toArray(String[]::new));
        if (code != ExitCode.OK.code()) {
            System.err.println("the command " + command + " failed: " + said);
            System.exit(code);
        }
    }

    /** A folder a class, with JPEGs of noise. */
    private static void draw(Path pictures) throws IOException {
        Random random = new Random(0);
        for (int kind = 0; kind < CLASSES; kind++) {
            Path folder = Files.createDirectories(pictures.resolve(String.valueOf(kind)));
            for (int picture = 0; picture < PICTURES; picture++) {
                BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
                image.setRGB(0, 0, SIDE, SIDE, random.ints(SIDE * SIDE).toArray(), 0, SIDE);
                ImageIO.write(image, "jpg", folder.resolve(picture + ".jpg").toFile());
            }
        }
    }
}

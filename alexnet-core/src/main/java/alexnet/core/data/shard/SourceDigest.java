package alexnet.core.data.shard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import alexnet.core.data.Dataset;
import alexnet.core.data.ImageSource;
import alexnet.core.data.Sha256;

/** By what the images that a set is prepared from are known again: what they are called, their classes and their content. */
final class SourceDigest {

    private static final int BYTES = 16;

    private final MessageDigest digest = Sha256.digest();

    private SourceDigest() {
    }

    static String of(Dataset dataset) {
        SourceDigest made = new SourceDigest();
        dataset.classes().forEach(made::add);
        List.of(dataset.training(), dataset.validation()).forEach(made::add);
        return HexFormat.of().formatHex(made.digest.digest(), 0, BYTES);
    }

    private void add(ImageSource source) {
        Optional<String> whole = source.digest();
        add(source.size() + (whole.isPresent() ? " images in " + whole.get() : " images"));
        for (int i = 0; i < source.size() && whole.isEmpty(); i++) {
            add(source.sampleName(i));
            add(source.label(i) + " " + source.content(i));
        }
    }

    private void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}

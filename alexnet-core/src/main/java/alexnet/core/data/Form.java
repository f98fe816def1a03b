package alexnet.core.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A form in which people have images: a class that knows it by its content and opens it, and a line in the catalogue. */
public interface Form {

    /** What people call it, in the plural: "folders of images"; empty where nobody should give it. */
    String name();

    /** Whether a folder or file is of this form; looks at as little of it as tells. */
    boolean recognises(Path path);

    /**
     * Opens a set that is {@linkplain #recognises recognised}. Whoever calls closes it.
     *
     * @throws DataException if it is damaged, contradicts itself, or cannot be read
     */
    Dataset open(Path path, Opening opening);

    /**
     * Opens what a network is to be tested on: the validation half. Whoever calls closes it.
     *
     * @param trained what the network was trained on, if that is known; only forms that may have one half alone ask for it
     * @throws DataException as {@link #open}
     */
    default TestSet openTest(Path path, Optional<Fingerprint> trained, Opening opening) {
        Dataset dataset = open(path, opening);
        dataset.training().close();
        return new TestSet(dataset.folder(), dataset.validation(), dataset.classNames(), List.of(), dataset.notes());
    }
}

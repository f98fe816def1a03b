package alexnet.core.weights.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import alexnet.core.data.ClassName;
import alexnet.core.data.Resize;

/**
 * What a file of weights does not say, or says otherwise than wanted.
 *
 * @param architecture the name of the one that it is, where the file leaves that open
 * @param mean         a file of the mean image of the training set
 * @param resize       how images come to their size
 * @param classNames   of the last layer's units, in their order
 */
public record ImportOptions(Optional<String> architecture, Optional<Path> mean, Optional<Resize> resize, Optional<List<ClassName>> classNames) {

    /** All as the file says. */
    public static final ImportOptions NONE = new ImportOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}

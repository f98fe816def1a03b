package alexnet.core.data.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.Form;
import alexnet.core.data.Opening;
import alexnet.core.data.TestSet;

/** Any folder, taken for an {@link ImageFolder}, which says what is wrong with those that are none. */
public final class ImageFolderForm implements Form {

    @Override
    public String name() {
        return "folders of images";
    }

    @Override
    public boolean recognises(Path path) {
        return Files.isDirectory(path);
    }

    @Override
    public Dataset open(Path path, Opening opening) {
        return ImageFolder.open(path, ImageFolder.HELD_OUT_SHARE);
    }

    @Override
    public TestSet openTest(Path path, Optional<Fingerprint> trained, Opening opening) {
        return ImageFolder.openTest(path, trained);
    }
}

package alexnet.core.data.idx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.Form;
import alexnet.core.data.Opening;
import alexnet.core.data.TestSet;
import alexnet.core.data.folder.Foreign;
import alexnet.core.data.folder.Listing;

/** IDX files in a folder, or in the only folder in it. */
public final class IdxForm implements Form {

    @Override
    public String name() {
        return "IDX files";
    }

    @Override
    public boolean recognises(Path path) {
        return Files.isDirectory(path) && find(path).isPresent();
    }

    @Override
    public Dataset open(Path path, Opening opening) {
        return IdxFolder.open(find(path).orElseThrow());
    }

    @Override
    public TestSet openTest(Path path, Optional<Fingerprint> trained, Opening opening) {
        return IdxFolder.openTest(find(path).orElseThrow());
    }

    private static Optional<Path> find(Path folder) {
        if (IdxFolder.recognises(folder)) {
            return Optional.of(folder);
        }
        List<Path> folders = Listing.of(folder, inside -> inside.filter(path -> Files.isDirectory(path) && !Foreign.named(path.getFileName().toString())).limit(2).toList());
        return folders.size() == 1 && IdxFolder.recognises(folders.getFirst()) ? Optional.of(folders.getFirst()) : Optional.empty();
    }
}

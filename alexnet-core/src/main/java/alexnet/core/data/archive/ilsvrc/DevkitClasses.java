package alexnet.core.data.archive.ilsvrc;

import java.nio.file.Path;
import java.util.List;

import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;

/** ILSVRC's classes with their words and ILSVRC2012_IDs, for those who have the development kit but none of the archives. */
public final class DevkitClasses {

    private DevkitClasses() {
    }

    /**
     * Reads them.
     *
     * @param place {@code meta.mat}, {@code ILSVRC2012_devkit_t12.tar.gz}, its folder, or the folder that one of them lies in
     * @return sorted by WNID
     * @throws DataException if they are not there or damaged
     */
    public static List<ClassName> of(Path place) {
        return Devkit.classes(DevkitFiles.meta(place), place.toString());
    }
}

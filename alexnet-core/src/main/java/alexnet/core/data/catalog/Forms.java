package alexnet.core.data.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import alexnet.core.data.DataException;
import alexnet.core.data.Form;
import alexnet.core.data.archive.UnreadForm;
import alexnet.core.data.archive.ilsvrc.FlatForm;
import alexnet.core.data.archive.ilsvrc.IlsvrcForm;
import alexnet.core.data.archive.list.ListForm;
import alexnet.core.data.archive.parquet.ParquetForm;
import alexnet.core.data.archive.wds.WebDatasetForm;
import alexnet.core.data.folder.ImageFolderForm;
import alexnet.core.data.idx.IdxForm;
import alexnet.core.data.shard.PreparedSetForm;

/** The forms in which images come, in the order in which they are asked: what takes any folder is the last. */
public final class Forms {

    private static final List<Form> ALL = List.of(
            new PreparedSetForm(),
            new IdxForm(),
            new WebDatasetForm(),
            new IlsvrcForm(),
            new ParquetForm(),
            new ListForm(),
            new FlatForm(),
            new UnreadForm(),
            new ImageFolderForm());

    private Forms() {
    }

    /**
     * The form of a folder or file.
     *
     * @throws DataException if it is of none
     */
    public static Form of(Path path) {
        return ALL.stream().filter(form -> form.recognises(path)).findFirst().orElseThrow(() -> new DataException(path
                + " holds no images of a known form: give " + ALL.stream().map(Form::name).filter(name -> !name.isEmpty()).collect(Collectors.joining(", "))));
    }
}

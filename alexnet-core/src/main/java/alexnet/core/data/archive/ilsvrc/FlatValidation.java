package alexnet.core.data.archive.ilsvrc;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;
import alexnet.core.data.SampleName;
import alexnet.core.data.Skipped;

/**
 * Which class each validation image is of, where they lie in one folder: by the names of the files where these
 * tell it, or Kaggle's {@code LOC_val_solution.csv}, or the development kit.
 *
 * @param place what tells it
 * @param of    the WNID of a file by its name without extension
 */
record FlatValidation(String place, Function<String, Optional<String>> of) {

    private static final String SOLUTION = "LOC_val_solution.csv";
    private static final long LARGEST = 1 << 26;

    /**
     * Finds it.
     *
     * @param images the folder of the validation images
     * @param places the folders in which Kaggle's file may lie, in the order in which they are asked
     * @param devkit the kit, if there is one
     * @throws DataException if there is none, or it is damaged
     */
    static FlatValidation find(Path images, String firstImage, List<Path> places, Optional<Devkit> devkit) {
        if (SampleName.wnid(firstImage).isPresent()) {
            return new FlatValidation("the names of its files", SampleName::wnid);
        }
        for (Path place : places) {
            Path solution = place.resolve(SOLUTION);
            if (Files.isRegularFile(solution)) {
                Map<String, String> classes = solution(solution);
                return new FlatValidation(solution.toString(), name -> Optional.ofNullable(classes.get(name)));
            }
        }
        if (devkit.isPresent()) {
            return new FlatValidation(devkit.get().file().toString(), devkit.get()::wnid);
        }
        throw new DataException(images + " has no folders of classes, and nothing tells which class its images are of: put " + SOLUTION
                + " (of Kaggle's set) or ILSVRC2012_devkit_t12.tar.gz into " + images.getParent());
    }

    /** Lines of an image's name, and of its class with the places of its objects: {@code ILSVRC2012_val_00048981,n03995372 85 1 499 272}. */
    private static Map<String, String> solution(Path file) {
        Map<String, String> classes = new HashMap<>();
        try (Reader reader = Files.newBufferedReader(file); var records = CSVFormat.DEFAULT.parse(reader)) {
            if (Files.size(file) > LARGEST) {
                throw new DataException(file + " is too large for a list of validation images: get it anew");
            }
            for (CSVRecord line : records) {
                String wnid = line.size() < 2 ? "" : line.get(1).strip().split("\\s+")[0];
                if (line.getRecordNumber() == 1 && line.get(0).equals("ImageId") || line.size() == 1 && line.get(0).isBlank()) {
                    continue;
                }
                if (!ClassName.isWnid(wnid)) {
                    throw new DataException(file + " line " + line.getRecordNumber() + ": expected an image and a class, as in "
                            + "'ILSVRC2012_val_00048981,n03995372 85 1 499 272': get it anew");
                }
                classes.put(line.get(0).strip(), wnid);
            }
            return classes;
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new DataException("cannot read " + file + ": " + (e instanceof IOException failure ? Skipped.reason(failure) : e.getMessage()), e);
        }
    }
}

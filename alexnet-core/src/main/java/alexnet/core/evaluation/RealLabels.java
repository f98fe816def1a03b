package alexnet.core.evaluation;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import alexnet.core.data.DataException;
import alexnet.core.data.Skipped;

/**
 * Labels of another judge: of each image all classes that are right, or none if nothing fits (Beyer et al. 2020, "Are we done with
 * ImageNet?", {@code real.json}). A list of lists of numbers, in the order of the validation images; a number is a place among the sorted
 * WNIDs.
 *
 * @param file   where they are from
 * @param labels of each image, ascending
 */
public record RealLabels(Path file, List<int[]> labels) {

    /** Far more images than any such list has. */
    private static final int MOST_IMAGES = 10_000_000;

    public RealLabels {
        labels = List.copyOf(labels);
    }

    /**
     * Reads them.
     *
     * @param classes how many classes there are
     * @throws DataException if the file cannot be read, is no list of lists of numbers, or has a number that is no class
     */
    public static RealLabels read(Path file, int classes) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file)); JsonParser parser = new JsonFactory().createParser(in)) {
            List<int[]> labels = new ArrayList<>();
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw damaged(file, "it is no list");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (labels.size() == MOST_IMAGES) {
                    throw damaged(file, "it has more than " + MOST_IMAGES + " lists");
                }
                labels.add(labels(file, parser, labels.size(), classes));
            }
            if (parser.nextToken() != null) {
                throw damaged(file, "something follows its list");
            }
            return new RealLabels(file, labels);
        } catch (JsonProcessingException noJson) {
            throw damaged(file, noJson.getOriginalMessage());
        } catch (IOException failure) {
            throw new DataException("cannot read " + file + ": " + Skipped.reason(failure), failure);
        }
    }

    private static int[] labels(Path file, JsonParser parser, int image, int classes) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw damaged(file, "its entry " + image + " is no list");
        }
        List<Integer> labels = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw damaged(file, "its list " + image + " has something else than whole numbers");
            }
            long label = parser.getNumberType() == JsonParser.NumberType.INT ? parser.getLongValue() : -1;
            if (label < 0 || label >= classes) {
                throw damaged(file, "its list " + image + " has the label " + parser.getText() + ", but the network tells " + classes + " classes apart, 0 to "
                        + (classes - 1));
            }
            if (!labels.contains((int) label)) {
                labels.add((int) label);
            }
        }
        return labels.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private static DataException damaged(Path file, String why) {
        return new DataException(file + " has no labels as real.json has them, a list of numbers for each validation image: " + why);
    }

    /** Whether anything fits an image. */
    boolean has(int image) {
        return labels.get(image).length > 0;
    }

    /** Whether a class is right for an image. */
    boolean right(int image, int label) {
        return Arrays.binarySearch(labels.get(image), label) >= 0;
    }
}

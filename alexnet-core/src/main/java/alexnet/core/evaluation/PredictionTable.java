package alexnet.core.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Answers as CSV (RFC 4180), a line an image: {@code name,label,class,loss,class1,probability1,...}, five guesses by falling probability.
 * {@code label} is the network's number of the image's {@code class}; both and the loss are empty where nobody has said what it is.
 */
public final class PredictionTable {

    private final CSVPrinter printer;
    private final List<String> classes;
    private final int guesses;

    /**
     * Writes the header.
     *
     * @param out     gets the lines
     * @param classes names of the network's classes
     * @throws IOException if it cannot be written
     */
    public PredictionTable(Appendable out, List<String> classes) throws IOException {
        this.classes = List.copyOf(classes);
        guesses = Math.min(Answer.GUESSES, classes.size());
        List<String> header = new ArrayList<>(List.of("name", "label", "class", "loss"));
        IntStream.rangeClosed(1, guesses).forEach(place -> header.addAll(List.of("class" + place, "probability" + place)));
        printer = new CSVPrinter(out, CSVFormat.RFC4180.builder().setHeader(header.toArray(String[]::new)).get());
    }

    /**
     * Writes the line of an image.
     *
     * @throws IOException if it cannot be written
     */
    public void add(String name, Answer answer) throws IOException {
        List<Object> line = new ArrayList<>();
        line.add(name);
        line.addAll(answer.labelled() ? List.of(answer.label(), classes.get(answer.label()), (float) answer.loss()) : List.of("", "", ""));
        for (int place = 0; place < guesses; place++) {
            line.add(classes.get(answer.guesses()[place]));
            line.add(answer.probabilities()[place]);
        }
        printer.printRecord(line);
    }
}

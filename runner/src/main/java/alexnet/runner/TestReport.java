package alexnet.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import alexnet.core.data.ClassName;
import alexnet.core.evaluation.ClassAccuracy;
import alexnet.core.evaluation.Confusion;
import alexnet.core.evaluation.RealScores;
import alexnet.core.evaluation.Tally;
import alexnet.core.training.Scores;

/**
 * What is told of a test.
 *
 * @param scores  of the images that have labels
 * @param tally   of the same
 * @param real    by other labels
 * @param images  that were looked at
 * @param classes the network's
 */
record TestReport(Scores scores, Tally tally, Optional<RealScores> real, int images, List<ClassName> classes) {

    /** Of so many classes each is shown; of more the worst and the best. */
    private static final int ALL_SHOWN = 10;
    private static final int SHOWN = 5;
    /** Programs get more of them, but there may be a million. */
    private static final int MOST_CONFUSIONS = 1000;

    /** As programs get it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Tested(long images, double loss, double top1, double top5, int views, Long realImages, Double realTop1, Double realTop5, List<OfClass> classes,
                  List<Taken> confusions) {
    }

    /** A class. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OfClass(@JsonProperty("class") String name, String words, int images, double top1, double top5) {
    }

    /** A class and what its images are taken for. */
    record Taken(@JsonProperty("class") String name, String takenFor, int count, int images) {
    }

    private List<String> names() {
        return classes.stream().map(ClassName::name).toList();
    }

    /** For programs. */
    Tested tested(int views) {
        List<ClassAccuracy> accuracies = tally.accuracies(names());
        return new Tested(scores.images(), scores.meanLoss(), scores.top1Accuracy(), scores.top5Accuracy(), views,
                real.map(RealScores::images).orElse(null), real.map(RealScores::top1).orElse(null), real.map(RealScores::top5).orElse(null),
                IntStream.range(0, classes.size()).mapToObj(c -> new OfClass(classes.get(c).name(), classes.get(c).words().orElse(null),
                        accuracies.get(c).images(), accuracies.get(c).top1(), accuracies.get(c).top5())).toList(),
                tally.confusions().stream().limit(MOST_CONFUSIONS).map(pair -> new Taken(classes.get(pair.label()).name(), classes.get(pair.guess()).name(),
                        pair.count(), pair.images())).toList());
    }

    /** The result, for people. */
    void results(String views, PrintWriter out) {
        if (scores.images() > 0) {
            out.println(String.format(Locale.ROOT, "top-1 %.2f %%, top-5 %.2f %%, loss %.4f: %d images, %s",
                    100 * scores.top1Accuracy(), 100 * scores.top5Accuracy(), scores.meanLoss(), scores.images(), views));
        } else {
            out.println(String.format(Locale.ROOT, "%d images without labels, %s", images, views));
        }
        real.ifPresent(by -> out.println(String.format(Locale.ROOT, "by --real-labels: top-1 %.2f %%, top-5 %.2f %%: %d images",
                100 * by.top1(), 100 * by.top5(), by.images())));
    }

    /** What else is worth a look, for people. */
    void details(PrintWriter out) {
        List<ClassAccuracy> accuracies = tally.accuracies(classes.stream().map(ClassName::shown).toList());
        List<ClassAccuracy> there = accuracies.stream().filter(each -> each.images() > 0).toList();
        if (there.isEmpty()) {
            return;
        }
        if (there.size() <= ALL_SHOWN) {
            show("accuracy of each class:", there.stream(), out);
        } else {
            Comparator<ClassAccuracy> worstFirst = Comparator.comparing(ClassAccuracy::top1);
            show("worst of " + there.size() + " classes:", there.stream().sorted(worstFirst).limit(SHOWN), out);
            show("best:", there.stream().sorted(worstFirst.reversed()).limit(SHOWN), out);
        }
        List<Confusion> confusions = tally.confusions();
        if (!confusions.isEmpty()) {
            out.println("most often confused:");
            confusions.stream().limit(SHOWN).forEach(pair -> out.println(String.format(Locale.ROOT, "  %d of %d images of %s taken for %s", pair.count(), pair.images(),
                    classes.get(pair.label()).shown(), classes.get(pair.guess()).shown())));
        }
    }

    private static void show(String title, Stream<ClassAccuracy> accuracies, PrintWriter out) {
        out.println(title);
        accuracies.forEach(each -> out.println(String.format(Locale.ROOT, "  %6.2f %%  %s", 100 * each.top1(), each.className())));
    }

    /** A line a class, as CSV. */
    void perClass(Appendable out) throws IOException {
        Map<Integer, Confusion> mostOften = new HashMap<>();
        tally.confusions().forEach(pair -> mostOften.putIfAbsent(pair.label(), pair));
        List<ClassAccuracy> accuracies = tally.accuracies(names());
        CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180.builder().setHeader("class", "words", "images", "top1", "top5", "taken_for", "count").get());
        for (int c = 0; c < classes.size(); c++) {
            ClassAccuracy each = accuracies.get(c);
            Optional<Confusion> pair = Optional.ofNullable(mostOften.get(c));
            List<Object> line = new ArrayList<>(List.of(each.className(), classes.get(c).words().orElse(""), each.images()));
            line.addAll(each.images() == 0 ? List.of("", "") : List.of(each.top1(), each.top5()));
            line.addAll(pair.isEmpty() ? List.of("", "") : List.of(classes.get(pair.get().guess()).name(), pair.get().count()));
            printer.printRecord(line);
        }
    }
}

package alexnet.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.ClassName;
import alexnet.core.data.StoredImages;
import alexnet.core.evaluation.Answer;
import alexnet.core.evaluation.PredictionTable;
import alexnet.core.evaluation.RealScores;
import alexnet.core.evaluation.Submission;
import alexnet.core.evaluation.Tally;
import alexnet.core.training.Evaluator;
import alexnet.core.training.Scores;

/** One evaluation, whose answers go to all who want them: none of them is kept for longer. */
final class TestMeasurement {

    private final Path model;
    private final StoredImages images;
    private final List<ClassName> classes;
    private final Optional<RealScores> real;
    private final Tally tally;

    /**
     * @param model   the network's file
     * @param classes the network's
     * @param real    counts by other labels, if there are some
     */
    TestMeasurement(Path model, StoredImages images, List<ClassName> classes, Optional<RealScores> real) {
        this.model = model;
        this.images = images;
        this.classes = classes;
        this.real = real;
        tally = new Tally(classes.size());
    }

    /** Gets answers. */
    @FunctionalInterface
    private interface Taker {
        void take(Answer answer) throws IOException;
    }

    /**
     * Evaluates, and writes what is told of single images.
     *
     * @param reports open on the files of outputs
     * @throws CheckpointException if the network says what is not a number
     * @throws OutputException     if a file cannot be written
     */
    TestReport measure(Evaluator evaluator, Meter meter, TestOutputs outputs, Reports reports) {
        Optional<Submission> submission = Optional.ofNullable(outputs.submission).map(_ -> new Submission(images.size(), classes));
        Scores[] scores = new Scores[1];
        Taker kept = answer -> submission.ifPresent(lines -> lines.add(answer));
        if (outputs.predictions == null) {
            scores[0] = evaluate(evaluator, meter, kept, null);
        } else {
            reports.writeText(outputs.predictions, out -> {
                PredictionTable table = new PredictionTable(out, classes.stream().map(ClassName::name).toList());
                scores[0] = evaluate(evaluator, meter, answer -> {
                    kept.take(answer);
                    table.add(images.name(answer.image()), answer);
                }, outputs.predictions);
            });
        }
        submission.ifPresent(lines -> reports.writeText(outputs.submission, out -> lines.write(out, images::name)));
        TestReport report = new TestReport(scores[0], tally, real, evaluator.images(), classes);
        reports.writeText(outputs.perClass, report::perClass);
        return report;
    }

    private Scores evaluate(Evaluator evaluator, Meter meter, Taker taker, Path written) {
        BatchPace pace = new BatchPace(evaluator.images(), evaluator.imagesOf(1));
        return evaluator.evaluate(answer -> {
            if (!answer.isNumber() || answer.labelled() && Double.isNaN(answer.loss())) {
                throw new CheckpointException(model + " makes no sense: what it says of " + images.name(answer.image()) + " is not a number");
            }
            tally.add(answer);
            real.ifPresent(by -> by.add(answer));
            try {
                taker.take(answer);
            } catch (IOException failure) {
                throw new OutputException(written, failure);
            }
        }, done -> meter.at(done, pace.at(evaluator.imagesOf(done))));
    }
}

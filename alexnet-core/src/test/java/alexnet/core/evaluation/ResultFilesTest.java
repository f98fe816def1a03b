package alexnet.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;

import alexnet.core.data.ClassName;

class ResultFilesTest {

    private static final List<ClassName> CLASSES = List.of(named("n01440764", 449), named("n01443537", 450), named("n01484850", 442),
            named("n01491361", 7), named("n01494475", 12), named("n01496331", 1000));

    private static ClassName named(String wnid, int id) {
        return new ClassName(wnid, Optional.empty(), OptionalInt.of(id));
    }

    @Test
    void predictionsAreCsvWhateverIsInNames() throws IOException {
        StringBuilder out = new StringBuilder();
        PredictionTable table = new PredictionTable(out, List.of("cat, \"tame\"", "dog"));
        table.add("cat, \"tame\"/1.png", Answer.of(0, 0, new float[] {0.75f, 0.25f}));
        table.add("what\nis it", Answer.of(1, -1, new float[] {0.25f, 0.75f}));
        assertEquals("name,label,class,loss,class1,probability1,class2,probability2\r\n"
                + "\"cat, \"\"tame\"\"/1.png\",0,\"cat, \"\"tame\"\"\",0.2876821,\"cat, \"\"tame\"\"\",0.75,dog,0.25\r\n"
                + "\"what\nis it\",,,,dog,0.75,\"cat, \"\"tame\"\"\",0.25\r\n", out.toString());
    }

    @Test
    void aSubmissionHasIdsInTheOrderOfTheFileNames() throws IOException {
        List<String> names = List.of("val/n01443537/ILSVRC2012_val_00000002.JPEG", "val/n01484850/ILSVRC2012_val_00000003.JPEG",
                "val/n01496331/ILSVRC2012_val_00000001.JPEG");
        Submission submission = new Submission(3, CLASSES);
        submission.add(Answer.of(0, 1, new float[] {0.1f, 0.3f, 0.2f, 0.15f, 0.05f, 0.2f}));
        submission.add(Answer.of(1, -1, new float[] {0, 0, 0, 0, 0, 1}));
        submission.add(Answer.of(2, 5, new float[] {0.6f, 0.1f, 0.1f, 0.1f, 0.05f, 0.05f}));
        StringBuilder out = new StringBuilder();
        submission.write(out, names::get);
        assertEquals("449 450 442 7 12\n450 442 1000 7 449\n1000 449 450 442 7\n", out.toString());
    }

    @Test
    void aLineIsShortWhereThereAreFewClasses() throws IOException {
        Submission submission = new Submission(1, CLASSES.subList(0, 2));
        submission.add(Answer.of(0, 0, new float[] {0.4f, 0.6f}));
        StringBuilder out = new StringBuilder();
        submission.write(out, _ -> "x");
        assertEquals("450 449\n", out.toString());
    }

    @Test
    void aClassWithoutIdIsNamed() {
        assertEquals("the class dog has no ILSVRC2012_ID",
                assertThrows(IllegalArgumentException.class, () -> new Submission(1, ClassName.of(List.of("dog")))).getMessage());
    }
}

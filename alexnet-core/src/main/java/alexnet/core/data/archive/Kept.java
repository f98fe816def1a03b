package alexnet.core.data.archive;

import java.util.List;

import alexnet.core.data.index.SampleIndex;

/**
 * What was found in archives, and kept.
 *
 * @param index      the samples, called as their archives call them
 * @param containers what they lie in: files, or archives in a file
 * @param texts      what else was kept with them
 * @param notes      what the user should know
 */
public record Kept(SampleIndex index, List<String> containers, List<String> texts, List<String> notes) {

    /** The text that is a sample's label; empty if there is none. */
    public String text(int sample) {
        int label = index.label(sample);
        return label < texts.size() ? texts.get(label) : "";
    }
}

package alexnet.core.data.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import alexnet.core.data.index.IndexBuilder;

/** What is found in archives while they are looked through. */
public final class Found {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private IndexBuilder samples = new IndexBuilder();
    private final List<String> containers = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Forgets all, to begin anew. */
    public void clear() {
        samples = new IndexBuilder();
        containers.clear();
        texts.clear();
        notes.clear();
    }

    /** The samples. */
    public IndexBuilder samples() {
        return samples;
    }

    /** Adds what samples lie in, and says which it is. */
    public int container(String name) {
        containers.add(CONTROL.matcher(name).replaceAll("_"));
        return containers.size() - 1;
    }

    /** What a container is called. */
    public String containerName(int container) {
        return containers.get(container);
    }

    /** Adds what else is to be kept, and says which it is. */
    public int text(String text) {
        texts.add(text);
        return texts.size() - 1;
    }

    /** What the user should know. */
    public List<String> notes() {
        return notes;
    }

    List<String> containers() {
        return containers;
    }

    List<String> texts() {
        return texts;
    }
}

package alexnet.core.data;

import java.text.Normalizer;
import java.util.List;

/** Names of classes and files. */
public final class Names {

    private static final int TOLD = 3;

    private Names() {
    }

    /** A name in the spelling by which names are compared: the same whichever way Unicode composes its letters. */
    public static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /** The first of many names, and how many more there are. */
    public static String some(List<String> names) {
        return some(names, TOLD);
    }

    /** The first so many of many names, and how many more there are. */
    public static String some(List<String> names, int told) {
        return String.join(", ", names.subList(0, Math.min(told, names.size()))) + (names.size() > told ? " and " + (names.size() - told) + " more" : "");
    }
}

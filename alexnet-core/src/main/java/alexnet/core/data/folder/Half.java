package alexnet.core.data.folder;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a part of a data set is for, as the name of its folder says it. */
public enum Half {
    TRAINING("train|training|trn|trainval"),
    VALIDATION("val|valid|validation|validate|validating|dev|eval|evaluation"),
    TEST("test|tests|testing|tst|holdout");

    private static final Pattern NOT_LETTERS = Pattern.compile("[^\\p{L}]+");
    private static final Pattern HUMP = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})");

    private final Pattern word;

    Half(String words) {
        word = Pattern.compile("(" + words + ")(set|sets|data|dataset|images|image|imgs|img|split)?");
    }

    /**
     * What a folder's name says: {@code train}, {@code Training}, {@code seg_train}, {@code train_images},
     * {@code TrainSet}, {@code ILSVRC2012_img_train} are for training. Empty if it says nothing, or two things.
     */
    public static Optional<Half> named(String folder) {
        Set<Half> said = EnumSet.noneOf(Half.class);
        for (String part : NOT_LETTERS.split(folder)) {
            said.addAll(of(part));
            for (String hump : HUMP.split(part)) {
                said.addAll(of(hump));
            }
        }
        return said.size() == 1 ? Optional.of(said.iterator().next()) : Optional.empty();
    }

    private static Set<Half> of(String word) {
        Set<Half> said = EnumSet.noneOf(Half.class);
        for (Half half : values()) {
            if (half.word.matcher(word.toLowerCase(Locale.ROOT)).matches()) {
                said.add(half);
            }
        }
        return said;
    }
}

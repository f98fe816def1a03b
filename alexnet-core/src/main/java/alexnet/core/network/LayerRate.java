package alexnet.core.network;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What multiplies the learning rate of some layers, as users write it: {@code fc8=10}, {@code conv1-conv5=0.1}.
 *
 * @param layers a layer, or the first and the last of a range
 * @param factor at least 0
 */
public record LayerRate(String layers, double factor) {

    private static final Pattern FORM = Pattern.compile("\\s*([^=]*[^=\\s])\\s*=\\s*([+-]?[0-9.][0-9.eE+-]*)\\s*");

    public LayerRate {
        if (!(factor >= 0 && Float.isFinite((float) factor))) {
            throw new IllegalArgumentException("--lr-layer has " + layers + "=" + factor + ", must be a factor of at least 0");
        }
    }

    /**
     * The one that a user has written.
     *
     * @throws IllegalArgumentException quoting the text and saying what it may be
     */
    @JsonCreator
    public static LayerRate parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("--lr-layer has '" + text + "', must be a layer and a factor of its rate, as fc8=10");
        }
        try {
            return new LayerRate(matcher.group(1), Double.parseDouble(matcher.group(2)));
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException("--lr-layer has '" + text + "', where " + matcher.group(2) + " is no number", noNumber);
        }
    }

    @Override
    @JsonValue
    public String toString() {
        return layers + "=" + BigDecimal.valueOf(factor).stripTrailingZeros().toPlainString();
    }
}

package alexnet.runner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ParseResult;

/** What was written on the command line, fit to be kept: without values that must stay secret, which are told by their options' names. */
final class GivenOptions {

    private static final String MASK = "***";
    private static final Pattern SECRET = Pattern.compile("(-D|--?)[\\w.-]*(token|passw|passphrase|secret|credential|api-?key)[\\w.-]*", Pattern.CASE_INSENSITIVE);
    /** User and password in an address. */
    private static final Pattern USER = Pattern.compile("(?<=://)[^/\\s@]+(?=@)");

    private GivenOptions() {
    }

    /** By their longest names, in the order in which they were given; what takes no value is true. */
    static Map<String, String> of(ParseResult parsed) {
        Map<String, String> options = new LinkedHashMap<>();
        parsed.matchedOptions().forEach(option -> {
            String text = String.join(" ", option.originalStringValues());
            options.put(option.longestName(), SECRET.matcher(option.longestName()).matches() ? MASK : text.isEmpty() ? "true" : unnamed(text));
        });
        return options;
    }

    /** Arguments of this program or of java. */
    static List<String> masked(List<String> arguments) {
        List<String> masked = new ArrayList<>();
        boolean secret = false;
        for (String argument : arguments) {
            int end = argument.indexOf('=');
            Matcher name = SECRET.matcher(end < 0 ? argument : argument.substring(0, end));
            boolean named = name.matches();
            masked.add(secret ? MASK : named && end >= 0 ? argument.substring(0, end + 1) + MASK : unnamed(argument));
            secret = !secret && named && end < 0 && !name.group(1).equals("-D");
        }
        return masked;
    }

    private static String unnamed(String text) {
        return USER.matcher(text).replaceAll(MASK);
    }
}

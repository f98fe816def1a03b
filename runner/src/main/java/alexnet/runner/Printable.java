package alexnet.runner;

import java.util.HexFormat;

/**
 * Text that a terminal shows as it is, whatever names were put into it: control characters, which would steer the terminal, what
 * turns the order of letters round, line separators and halves of characters become visible escapes such as {@code \}{@code u001B}.
 */
final class Printable {

    private Printable() {
    }

    /** Text of any number of lines: its line feeds and tabs stay. */
    static String text(String text) {
        return escaped(text, true);
    }

    /** A part of one line: line feeds are escaped, too. */
    static String line(String text) {
        return escaped(text, false);
    }

    private static String escaped(String text, boolean lines) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (character == '\t' || character == '\n' && lines || isShown(character)) {
                escaped.appendCodePoint(character);
            } else if (character == '\n') {
                escaped.append("\\n");
            } else {
                escaped.append("\\u").append(HexFormat.of().withUpperCase().toHexDigits((char) character));
            }
        });
        return escaped.toString();
    }

    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            // Others of this type are part of emoji and of Indic and Arabic words.
            case Character.FORMAT -> !isDirection(character);
            default -> true;
        };
    }

    private static boolean isDirection(int character) {
        return character == '\u061C' || character == '\u200E' || character == '\u200F'
                || character >= '\u202A' && character <= '\u202E' || character >= '\u2066' && character <= '\u2069';
    }
}

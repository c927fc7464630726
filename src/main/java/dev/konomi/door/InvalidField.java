package dev.konomi.door;

/// Thrown by a request's compact constructor when a field is missing or out of range. [Binding] turns it
/// into a [Problem] whose `field` is the full path.
public final class InvalidField extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String field;

    /// @param field the field, as the JSON names it
    /// @param message what was wrong, with the value unless it is long or private, and what to do
    public InvalidField(String field, String message) {
        super(message);
        this.field = field;
    }

    /// @return the field, as the JSON names it
    public String field() {
        return field;
    }

    /// @param field the field, as the JSON names it
    /// @param value its value
    /// @return the value
    /// @throws InvalidField when the value is null
    public static <T> T required(String field, @org.jspecify.annotations.Nullable T value) {
        if (value == null) {
            throw new InvalidField(field, "\"" + field + "\" is missing: send it.");
        }
        return value;
    }

    /// @param field the field, as the JSON names it
    /// @param value its value
    /// @param longest most characters
    /// @return the value
    /// @throws InvalidField when the value is null, blank, longer than that, or holds the character 0
    public static String requiredText(String field, @org.jspecify.annotations.Nullable String value, int longest) {
        String text = required(field, value);
        if (text.isBlank()) {
            throw new InvalidField(field, "\"" + field + "\" is empty: send at least one character.");
        }
        return boundedText(field, text, longest);
    }

    /// @param field the field, as the JSON names it
    /// @param text its value
    /// @param longest most characters
    /// @return the value
    /// @throws InvalidField when the value is longer than that or holds the character 0
    public static String boundedText(String field, String text, int longest) {
        if (text.length() > longest) {
            throw new InvalidField(
                    field, "\"" + field + "\" has " + text.length() + " characters; send at most " + longest + ".");
        }
        if (text.indexOf('\0') >= 0) {
            throw new InvalidField(field, "\"" + field + "\" holds the character U+0000: remove it.");
        }
        return text;
    }
}

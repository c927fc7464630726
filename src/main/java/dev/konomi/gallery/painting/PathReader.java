package dev.konomi.gallery.painting;

/// Reads the commands of a path one by one; a command may be left out where it repeats. Written out by hand, because
/// a picture has a hundred paths and is to be painted in milliseconds.
final class PathReader {
    private final String text;
    private final double[] points = new double[6];
    private int at;
    private char command = 'M';

    PathReader(String text) {
        this.text = text;
    }

    /// The letter of the command just read.
    char command() {
        return command;
    }

    /// The command's numbers; the next command overwrites them.
    double[] points() {
        return points;
    }

    /// Moves on to the next command; false at the end.
    ///
    /// @throws IllegalArgumentException at a letter that is none of `MLQCZ`
    boolean next() {
        skip();
        if (at == text.length()) {
            return false;
        }
        if (Character.isLetter(text.charAt(at))) {
            command = text.charAt(at++);
        }
        int count = switch (command) {
            case 'M', 'L' -> 2;
            case 'Q' -> 4;
            case 'C' -> 6;
            case 'Z' -> 0;
            default -> throw new IllegalArgumentException("no path command " + command + " in " + text);
        };
        for (int i = 0; i < count; i++) {
            skip();
            int from = at;
            while (at < text.length() && text.charAt(at) != ' ' && !Character.isLetter(text.charAt(at))) {
                at++;
            }
            points[i] = Double.parseDouble(text.substring(from, at));
        }
        return true;
    }

    private void skip() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}

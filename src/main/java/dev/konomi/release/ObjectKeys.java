package dev.konomi.release;

import java.util.regex.Pattern;

/// Which keys objects may have. Both stores check before they touch anything, so that a key can neither leave the
/// folder nor mean something else in a bucket.
final class ObjectKeys {
    private static final int LONGEST = 1024;
    private static final String SEGMENT = "[A-Za-z0-9_=-][A-Za-z0-9._=-]{0,199}";
    private static final Pattern KEY = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")*");
    private static final Pattern PREFIX = Pattern.compile("(" + SEGMENT + "/)*(" + SEGMENT + ")?");
    private static final Pattern ONE_SEGMENT = Pattern.compile(SEGMENT);

    private ObjectKeys() {}

    static String requireKey(String key) {
        if (key.length() > LONGEST || !KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "No object key: '" + shortened(key)
                            + "'. A key is made of segments of A-Z a-z 0-9 . _ = - that do not begin with a dot, joined by '/'.");
        }
        return key;
    }

    static String requirePrefix(String prefix) {
        if (prefix.length() > LONGEST || !PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("No prefix of an object key: '" + shortened(prefix)
                    + "'. Use whole or partial segments of A-Z a-z 0-9 . _ = - joined by '/'.");
        }
        return prefix;
    }

    static String requireSegment(String what, String segment) {
        if (!ONE_SEGMENT.matcher(segment).matches()) {
            throw new IllegalArgumentException("No " + what + ": '" + shortened(segment)
                    + "'. Use up to 200 of A-Z a-z 0-9 . _ = - and no dot at the beginning.");
        }
        return segment;
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}

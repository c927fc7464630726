package dev.konomi.item;

/// An image that Konomi does not decode; the message says why and what to do.
public final class ImageRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message what was wrong, with the value, and what to do
    public ImageRefused(String message) {
        super(message);
    }
}

package dev.konomi.item;

import java.nio.charset.StandardCharsets;

/// What an image file says of itself before anything is decoded: a few bytes are read, nothing is allocated by size.
///
/// @param format the file's format, by its magic bytes and never by a name or a declared type
/// @param width the larger of canvas and first frame, in pixels
/// @param height the larger of canvas and first frame, in pixels
/// @param inkPlanes JPEG only: how four components (CMYK) are stored
/// @param lowInterlaced GIF only: where the flags of an interlaced first frame of at most [#LOW] rows stand in the
///     file, else −1
record ImageHeader(Format format, int width, int height, InkPlanes inkPlanes, int lowInterlaced) {
    /// An interlaced GIF of up to this many rows has passes without any row, which the JDK's decoder does not expect:
    /// it loses the rows that follow.
    static final int LOW = 4;

    ImageHeader(Format format, int width, int height, InkPlanes inkPlanes) {
        this(format, width, height, inkPlanes, -1);
    }

    enum Format {
        PNG,
        JPEG,
        WEBP,
        GIF
    }

    /// How a JPEG stores CMYK; [#NONE] for every other image.
    enum InkPlanes {
        NONE,
        CMYK,
        /// Adobe's habit: ink is stored as 255 minus its amount.
        INVERTED_CMYK,
        /// As before, and cyan, magenta and yellow turned into luma and chroma.
        INVERTED_YCCK
    }

    private static final byte[] PNG_MAGIC = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    /// A baseline picture has one scan and a progressive one about ten; a file with thousands only burns time.
    private static final int MOST_SCANS = 64;

    /// The bit of a GIF frame's flags.
    private static final int INTERLACED = 0x40;

    /// @throws ImageRefused when the format is unknown or the file ends before its header does
    static ImageHeader of(byte[] file) {
        Cursor in = new Cursor(file);
        try {
            if (in.startsWith(PNG_MAGIC)) {
                return png(in);
            }
            if (in.startsWith(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF})) {
                return jpeg(in);
            }
            if (in.startsWith(ascii("GIF87a")) || in.startsWith(ascii("GIF89a"))) {
                return gif(in);
            }
            if (in.startsWith(ascii("RIFF")) && in.text(8, 4).equals("WEBP")) {
                return webp(in);
            }
        } catch (IndexOutOfBoundsException cut) {
            throw new ImageRefused(
                    "The image is cut off: its %d bytes end inside the header or before the end mark. Send the whole file."
                            .formatted(file.length));
        }
        throw new ImageRefused(
                "The image is neither PNG, JPEG, WebP nor GIF (it begins with %s). Convert it to one of these."
                        .formatted(in.hex(Math.min(8, file.length))));
    }

    private static ImageHeader png(Cursor in) {
        if (!in.text(12, 4).equals("IHDR")) {
            throw new ImageRefused("The PNG does not begin with its header (IHDR). Save it again.");
        }
        int width = in.int32(16);
        int height = in.int32(20);
        for (long at = 8; ; ) {
            int position = Math.toIntExact(at);
            long length = in.int32(position) & 0xFFFFFFFFL;
            if (in.text(position + 4, 4).equals("IEND")) {
                in.int32(position + 8); // its checksum ends the file
                return new ImageHeader(Format.PNG, width, height, InkPlanes.NONE);
            }
            at += 12 + length;
            if (at > Integer.MAX_VALUE - 12) {
                throw new IndexOutOfBoundsException();
            }
        }
    }

    private static ImageHeader jpeg(Cursor in) {
        int width = 0;
        int height = 0;
        int components = 0;
        int scans = 0;
        int adobeTransform = -1;
        for (int at = 2; ; ) {
            if (in.uint8(at) != 0xFF) {
                at++;
                continue;
            }
            int marker = in.uint8(at + 1);
            if (marker == 0xFF) {
                at++;
            } else if (marker == 0 || marker == 1 || (marker >= 0xD0 && marker <= 0xD8)) {
                at += 2;
            } else if (marker == 0xD9) {
                if (scans == 0 || components == 0) {
                    throw new ImageRefused("The JPEG holds no picture. Save it again.");
                }
                InkPlanes ink = components != 4
                        ? InkPlanes.NONE
                        : adobeTransform < 0
                                ? InkPlanes.CMYK
                                : adobeTransform == 2 ? InkPlanes.INVERTED_YCCK : InkPlanes.INVERTED_CMYK;
                return new ImageHeader(Format.JPEG, width, height, ink);
            } else {
                if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
                    height = Math.max(height, in.uint16(at + 5));
                    width = Math.max(width, in.uint16(at + 7));
                    components = in.uint8(at + 9);
                } else if (marker == 0xDA && ++scans > MOST_SCANS) {
                    throw new ImageRefused(
                            "The JPEG has more than %d scans. Save it again as a baseline JPEG.".formatted(MOST_SCANS));
                } else if (marker == 0xEE
                        && in.uint16(at + 2) >= 14
                        && in.text(at + 4, 5).equals("Adobe")) {
                    adobeTransform = in.uint8(at + 15);
                }
                at += 2 + in.uint16(at + 2);
            }
        }
    }

    private static ImageHeader gif(Cursor in) {
        int width = in.uint16Little(6);
        int height = in.uint16Little(8);
        int at = 13 + colours(in.uint8(10));
        while (true) {
            switch (in.uint8(at)) {
                case 0x21 -> at = afterBlocks(in, at + 2);
                case 0x2C -> {
                    int frameWidth = in.uint16Little(at + 5);
                    int frameHeight = in.uint16Little(at + 7);
                    if (frameWidth == 0 || frameHeight == 0) {
                        throw new ImageRefused("The GIF's first frame is %d × %d pixels; it has nothing to show."
                                .formatted(frameWidth, frameHeight));
                    }
                    int flags = in.uint8(at + 9);
                    afterBlocks(in, at + 10 + colours(flags) + 1);
                    return new ImageHeader(
                            Format.GIF,
                            Math.max(width, frameWidth),
                            Math.max(height, frameHeight),
                            InkPlanes.NONE,
                            (flags & INTERLACED) != 0 && frameHeight <= LOW ? at + 9 : -1);
                }
                default -> throw new ImageRefused("The GIF holds no picture. Save it again.");
            }
        }
    }

    /// @return a copy of the file whose first frame says that it is not interlaced
    byte[] withoutInterlace(byte[] file) {
        byte[] plain = file.clone();
        plain[lowInterlaced] &= (byte) ~INTERLACED;
        return plain;
    }

    private static int colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    /// Skips blocks, each led by its length, up to and including the empty one.
    private static int afterBlocks(Cursor in, int at) {
        int length = in.uint8(at);
        while (length > 0) {
            at += 1 + length;
            length = in.uint8(at);
        }
        return at + 1;
    }

    private static ImageHeader webp(Cursor in) {
        long end = 8 + (in.int32Little(4) & 0xFFFFFFFFL);
        if (end > in.length()) {
            throw new IndexOutOfBoundsException();
        }
        int width = 0;
        int height = 0;
        for (long next = 12; next + 8 <= end; ) {
            int at = Math.toIntExact(next);
            String chunk = in.text(at, 4);
            switch (chunk) {
                case "VP8X" -> {
                    width = Math.max(width, 1 + in.uint24Little(at + 12));
                    height = Math.max(height, 1 + in.uint24Little(at + 15));
                }
                case "VP8 ", "VP8L", "ANMF" -> {
                    boolean lossless = chunk.equals("VP8L");
                    boolean frame = chunk.equals("ANMF");
                    int bits = in.int32Little(at + 9);
                    int frameWidth = frame
                            ? 1 + in.uint24Little(at + 14)
                            : lossless ? 1 + (bits & 0x3FFF) : in.uint16Little(at + 14) & 0x3FFF;
                    int frameHeight = frame
                            ? 1 + in.uint24Little(at + 17)
                            : lossless ? 1 + (bits >>> 14 & 0x3FFF) : in.uint16Little(at + 16) & 0x3FFF;
                    return new ImageHeader(
                            Format.WEBP, Math.max(width, frameWidth), Math.max(height, frameHeight), InkPlanes.NONE);
                }
                default -> {}
            }
            long length = in.int32Little(at + 4) & 0xFFFFFFFFL;
            next += 8 + length + (length & 1);
        }
        throw new ImageRefused("The WebP holds no picture. Save it again.");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Numbers at positions of a file; past its end an [IndexOutOfBoundsException].
    private record Cursor(byte[] file) {
        boolean startsWith(byte[] magic) {
            if (file.length < magic.length) {
                return false;
            }
            for (int k = 0; k < magic.length; k++) {
                if (file[k] != magic[k]) {
                    return false;
                }
            }
            return true;
        }

        int length() {
            return file.length;
        }

        int uint8(int at) {
            return file[at] & 0xFF;
        }

        int uint16(int at) {
            return uint8(at) << 8 | uint8(at + 1);
        }

        int int32(int at) {
            return uint16(at) << 16 | uint16(at + 2);
        }

        int uint16Little(int at) {
            return uint8(at) | uint8(at + 1) << 8;
        }

        int uint24Little(int at) {
            return uint16Little(at) | uint8(at + 2) << 16;
        }

        int int32Little(int at) {
            return uint16Little(at) | uint16Little(at + 2) << 16;
        }

        String text(int at, int length) {
            if (at < 0 || at + length > file.length) {
                throw new IndexOutOfBoundsException();
            }
            return new String(file, at, length, StandardCharsets.US_ASCII);
        }

        String hex(int length) {
            return java.util.HexFormat.of().formatHex(file, 0, length);
        }
    }
}

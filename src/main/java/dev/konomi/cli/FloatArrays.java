package dev.konomi.cli;

import dev.konomi.item.Encoding;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Arrays of numbers in a command's own files, each behind its length; one that is missing has the length −1.
public final class FloatArrays {
    private FloatArrays() {}

    public static void write(DataOutputStream out, float @Nullable [] values) throws IOException {
        byte[] bytes = Encoding.bytes(values);
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    /// @return what was written, or null where it was missing
    /// @throws EOFException when the file ends before
    public static float @Nullable [] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The file ends " + (length - bytes.length) + " bytes early.");
        }
        return Encoding.floats(bytes);
    }
}

package dev.konomi.train.stage;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The state of one stage after a step: enough to go on exactly as if training had not stopped. Randomness needs no
/// state of its own, see [Seeds].
///
/// @param fingerprint of the data and the plan
/// @param step steps done
/// @param parameters values by name
/// @param optimizer the optimizer's state by name
record Checkpoint(String fingerprint, int step, Map<String, float[]> parameters, Map<String, float[]> optimizer) {
    private static final int MAGIC = 0x4B4E4D01;

    /// Writes a file that is either complete or not there: to a neighbour first, forced to disk, then renamed.
    void write(Path file) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
                out.writeInt(MAGIC);
                out.writeUTF(fingerprint);
                out.writeInt(step);
                write(out, parameters);
                write(out, optimizer);
            }
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoint " + file + " cannot be written.", e);
        }
    }

    /// @return the checkpoint, or nothing where there is no file
    /// @throws IllegalArgumentException when the file belongs to other data or another plan
    static Optional<Checkpoint> read(Path file, String fingerprint) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC) {
                throw new IllegalArgumentException(file + " is no checkpoint: remove it or choose another folder.");
            }
            String found = in.readUTF();
            if (!found.equals(fingerprint)) {
                throw new IllegalArgumentException(file + " belongs to other data or another plan (" + found
                        + " instead of " + fingerprint + "): remove it or choose another folder.");
            }
            return Optional.of(new Checkpoint(found, in.readInt(), readValues(in), readValues(in)));
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoint " + file + " cannot be read: remove it to start anew.", e);
        }
    }

    private static void write(DataOutputStream out, Map<String, float[]> values) throws IOException {
        out.writeInt(values.size());
        for (var entry : values.entrySet()) {
            out.writeUTF(entry.getKey());
            float[] numbers = entry.getValue();
            out.writeInt(numbers.length);
            ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
            bytes.asFloatBuffer().put(numbers);
            out.write(bytes.array());
        }
    }

    private static Map<String, float[]> readValues(DataInputStream in) throws IOException {
        Map<String, float[]> values = new LinkedHashMap<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            float[] numbers = new float[in.readInt()];
            byte[] bytes = new byte[4 * numbers.length];
            in.readFully(bytes);
            ByteBuffer.wrap(bytes).asFloatBuffer().get(numbers);
            values.put(name, numbers);
        }
        return values;
    }
}

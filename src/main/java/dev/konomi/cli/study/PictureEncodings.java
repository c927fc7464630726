package dev.konomi.cli.study;

import dev.konomi.cli.Bar;
import dev.konomi.cli.FloatArrays;
import dev.konomi.gallery.Catalogue;
import dev.konomi.gallery.Picture;
import dev.konomi.item.Encoding;
import dev.konomi.item.ItemContent;
import dev.konomi.item.ItemEncoder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Gatherers;

/// Paints a world's pictures and encodes them once; encodings are kept in a file for all later runs in that world.
///
/// @param encoder frozen
/// @param work where files are kept
record PictureEncodings(ItemEncoder encoder, Path work) {
    private static final int AT_ONCE = 40;

    /// @param seed of the world that the pictures are painted for
    /// @param catalogues always the same ones for a seed
    /// @return each catalogue with its encodings, in their order
    /// @throws UncheckedIOException when they cannot be kept or read back
    List<EncodedCatalogue> of(long seed, List<Catalogue> catalogues) {
        Path file = work.resolve("world-" + seed + "-" + encoder.digest().substring(0, 16) + ".encodings");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(work);
                Path beside = work.resolve(file.getFileName() + ".part");
                try (DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(beside)))) {
                    paint(
                            seed,
                            catalogues.stream()
                                    .flatMap(catalogue -> catalogue.pictures().stream())
                                    .toList(),
                            out);
                }
                Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                List<EncodedCatalogue> encoded = new ArrayList<>();
                for (Catalogue catalogue : catalogues) {
                    encoded.add(new EncodedCatalogue(catalogue, read(in, catalogue.size()), encoder));
                }
                return encoded;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The encodings in " + file + " cannot be kept or read.", e);
        }
    }

    private void paint(long seed, List<Picture> pictures, DataOutputStream out) throws IOException {
        try (Bar bar = new Bar("world " + seed, pictures.size())) {
            for (List<Picture> part :
                    pictures.stream().gather(Gatherers.windowFixed(AT_ONCE)).toList()) {
                List<ItemContent> contents = part.stream()
                        .map(picture -> new ItemContent(picture.jpeg(), picture.prompt(), List.of()))
                        .toList();
                for (Encoding encoding : encoder.encode(contents)) {
                    FloatArrays.write(out, encoding.image());
                    FloatArrays.write(out, encoding.text());
                }
                bar.step(part.size());
            }
        }
    }

    private static List<Encoding> read(DataInputStream in, int count) throws IOException {
        List<Encoding> encodings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            encodings.add(new Encoding(FloatArrays.read(in), FloatArrays.read(in)));
        }
        return encodings;
    }
}

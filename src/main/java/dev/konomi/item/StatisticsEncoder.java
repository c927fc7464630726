package dev.konomi.item;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An encoder's tokens with classical statistics of the picture ([ImageStatistics]) behind them:
/// what they say holds for pictures that the encoder was never taught. A text says nothing of
/// them: its columns are 0.
public final class StatisticsEncoder implements ItemEncoder {
    private static final String SPECIFICATION = "konomi-statistics 1\n";

    /// Statistics are taken of 128 pixels an edge; decoding thins to more.
    private static final int EDGE = 256;

    private final ItemEncoder encoder;

    /// @param encoder closed with this one
    public StatisticsEncoder(ItemEncoder encoder) {
        this.encoder = encoder;
    }

    /// Another identity than the encoder's alone: other encodings, other keys.
    @Override
    public String digest() {
        return EncoderManifest.sha256((SPECIFICATION + encoder.digest()).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int width() {
        return encoder.width() + ImageStatistics.COUNT;
    }

    @Override
    public int statistics() {
        return ImageStatistics.COUNT;
    }

    @Override
    public List<Encoding> encode(List<ItemContent> items) {
        List<Encoding> encodings = encoder.encode(items);
        List<Encoding> longer = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            byte[] file = items.get(i).image();
            float[] statistics =
                    file == null ? new float[ImageStatistics.COUNT] : ImageStatistics.of(ImageReader.read(file, EDGE));
            longer.add(new Encoding(
                    joined(encodings.get(i).image(), statistics),
                    joined(encodings.get(i).text(), new float[ImageStatistics.COUNT])));
        }
        return longer;
    }

    private static float @Nullable [] joined(float @Nullable [] token, float[] statistics) {
        if (token == null) {
            return null;
        }
        float[] joined = Arrays.copyOf(token, token.length + statistics.length);
        System.arraycopy(statistics, 0, joined, token.length, statistics.length);
        return joined;
    }

    @Override
    public void close() {
        encoder.close();
    }
}

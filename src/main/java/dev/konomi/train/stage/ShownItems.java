package dev.konomi.train.stage;

import java.util.Arrays;
import java.util.stream.LongStream;

/// A batch's items, each once: utilities are computed for an item, not for each time that it is shown.
///
/// @param items indices, `[R]`
/// @param preferred rows of the preferred items, `[B·n]`
/// @param other rows of the others, `[B·n]`
/// @param meanItem index of the mean item
record ShownItems(long[] items, long[] preferred, long[] other, int meanItem) {
    static ShownItems of(Batch batch, int meanItem) {
        long[] items = LongStream.concat(Arrays.stream(batch.preferred()), Arrays.stream(batch.other()))
                .sorted()
                .distinct()
                .toArray();
        int[] place = new int[meanItem + 1];
        for (int row = 0; row < items.length; row++) {
            place[(int) items[row]] = row;
        }
        return new ShownItems(items, rows(batch.preferred(), place), rows(batch.other(), place), meanItem);
    }

    private static long[] rows(long[] items, int[] place) {
        return Arrays.stream(items).map(item -> place[(int) item]).toArray();
    }

    /// @return 0 for the mean item, else 1, `[R]`
    float[] present() {
        float[] present = new float[items.length];
        for (int row = 0; row < present.length; row++) {
            present[row] = items[row] == meanItem ? 0 : 1;
        }
        return present;
    }
}

package dev.konomi.train.stage;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// How fast this machine multiplies matrices: what no training step can surpass.
public final class MatrixPeak {
    /// Rows and columns. Large enough that memory does not count, small enough to be done in a
    /// moment.
    public static final int SIZE = 1024;

    private static final int TIMES = 20;

    private MatrixPeak() {}

    /// @return floating-point operations a second of one thread in `SIZE × SIZE` products of f32
    ///     matrices; the best of 20, for other work on the machine only takes away
    public static double flops() {
        torch.set_num_threads(1);
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            Tensor left = torch.rand(SIZE, SIZE);
            Tensor right = torch.rand(SIZE, SIZE);
            double best = 0;
            for (int i = 0; i < TIMES; i++) {
                long before = System.nanoTime();
                left.matmul(right).close();
                best = Math.max(best, 2.0 * SIZE * SIZE * SIZE / ((System.nanoTime() - before) / 1e9));
            }
            return best;
        }
    }
}

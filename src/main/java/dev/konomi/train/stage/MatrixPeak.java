package dev.konomi.train.stage;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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

    /// @return floating-point operations of one thread in `SIZE × SIZE` products of f32 matrices,
    ///     by a second of its processor time: other work on the machine does not count. The best
    ///     of 20
    public static double flops() {
        torch.set_num_threads(1);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            Tensor left = torch.rand(SIZE, SIZE);
            Tensor right = torch.rand(SIZE, SIZE);
            double best = 0;
            for (int i = 0; i < TIMES; i++) {
                long before = threads.getCurrentThreadCpuTime();
                left.matmul(right).close();
                best = Math.max(best, 2e9 * SIZE * SIZE * SIZE / (threads.getCurrentThreadCpuTime() - before));
            }
            return best;
        }
    }
}

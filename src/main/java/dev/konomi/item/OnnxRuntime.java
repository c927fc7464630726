package dev.konomi.item;

import ai.onnxruntime.OrtEnvironment;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// ONNX Runtime's environment, one for the process.
public final class OnnxRuntime {
    /// In bytes; only what is used is ever taken from memory. 8 MB were not enough, 16 MB were.
    private static final long STACK = 256L << 20;

    private OnnxRuntime() {}

    /// The environment. ONNX Runtime 1.29 makes it by a recursion some ten thousand calls deep, which overflows a
    /// thread's usual stack and ends the process without a word; so a thread with a large stack makes it.
    ///
    /// @return the environment, the same for everybody
    public static OrtEnvironment environment() {
        return Made.ENVIRONMENT;
    }

    private static final class Made {
        static final OrtEnvironment ENVIRONMENT = make();

        private static OrtEnvironment make() {
            FutureTask<OrtEnvironment> task = new FutureTask<>(OrtEnvironment::getEnvironment);
            Thread thread = new Thread(null, task, "onnx-runtime", STACK);
            thread.setDaemon(true);
            thread.start();
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        return task.get();
                    } catch (InterruptedException waitOn) {
                        interrupted = true;
                    } catch (ExecutionException e) {
                        throw new IllegalStateException("ONNX Runtime cannot be started.", e.getCause());
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}

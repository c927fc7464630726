package dev.konomi.item;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.eclipse.microprofile.config.ConfigProvider;

/// ONNX Runtime's environment, one for the process.
public final class OnnxRuntime {
    /// In bytes; only what is used is ever taken from memory. 8 MB were not enough, 16 MB were.
    private static final long STACK = 256L << 20;

    /// ONNX Runtime's own setting: the folder of its libraries.
    private static final String LIBRARIES = "onnxruntime.native.path";

    private OnnxRuntime() {}

    /// The environment. ONNX Runtime 1.29 makes it by a recursion that is the deeper the longer the
    /// process's command line is: with 400 jars on it some ten thousand calls, which overflows a
    /// thread's usual stack and ends the process without a word. So a thread with a large stack makes
    /// it; sessions that are created in it need no such thread.
    ///
    /// @return the environment, the same for everybody
    public static OrtEnvironment environment() {
        return Made.ENVIRONMENT;
    }

    /// Options that all sessions share; who loads a graph adds how its memory is kept.
    ///
    /// @param threads that one run may use
    /// @return options, to be closed once the session is created
    /// @throws OrtException when ONNX Runtime refuses them
    public static OrtSession.SessionOptions options(int threads) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        // Waiting threads must not burn time that a function is billed for.
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.addConfigEntry("session.inter_op.allow_spinning", "0");
        if (device().equals("cuda")) {
            options.addCUDA();
        }
        return options;
    }

    /// A native executable has ONNX Runtime's libraries beside it: taken out of the executable they would be written
    /// to a new folder at every start, 28 MB and a tenth of a second.
    private static void useLibrariesBesideTheExecutable() {
        if (System.getProperty(LIBRARIES) != null) {
            return;
        }
        ProcessHandle.current()
                .info()
                .command()
                .map(executable -> Path.of(executable).toAbsolutePath().getParent())
                .filter(folder -> Files.isRegularFile(folder.resolve(System.mapLibraryName("onnxruntime"))))
                .ifPresent(folder -> System.setProperty(LIBRARIES, folder.toString()));
    }

    /// `konomi.onnx.device`: `cpu`, the default, or `cuda`, which needs the build for GPUs (`-Pgpu`) and is refused
    /// loudly without it.
    private static String device() {
        return ConfigProvider.getConfig()
                .getOptionalValue("konomi.onnx.device", String.class)
                .orElse("cpu");
    }

    /// Initialised when a native executable runs, never while it is built: see `native-image.properties`.
    private static final class Made {
        static final OrtEnvironment ENVIRONMENT = make();

        private static OrtEnvironment make() {
            useLibrariesBesideTheExecutable();
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

package dev.konomi.release;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Lets a sequence of store operations read top to bottom while callers get a stage: the thread that waits is virtual.
final class VirtualThreads {
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private VirtualThreads() {}

    static <T> CompletionStage<T> run(Callable<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.call();
                    } catch (CompletionException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                THREADS);
    }

    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}

package dev.konomi.train;

import dev.konomi.retrain.TrainerQueue;
import dev.konomi.retrain.TrainerQueue.Claim;
import dev.konomi.retrain.TrainerQueue.Superseded;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Says every few seconds that the trainer is alive and what it does, and stops it when its request has gone to
/// another trainer.
final class Heartbeat implements Watcher, AutoCloseable {
    /// A run that goes on may begin with any of the stages that follow.
    private static final Set<String> BEFORE_TRAINING = Set.of("load", "encode");

    private final TrainerQueue queue;
    private final Claim claim;
    private final Watcher also;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("heartbeat").daemon().factory());

    private volatile Word word = new Word("load", 0, "reading events");
    private volatile @Nullable Superseded superseded;
    private volatile long trainingSince = -1;

    private record Word(String stage, double fraction, String message) {}

    /// @param also told the same
    Heartbeat(TrainerQueue queue, Claim claim, Watcher also) {
        this.queue = queue;
        this.claim = claim;
        this.also = also;
        long millis = TrainerQueue.HEARTBEAT.toMillis();
        var scheduled = thread.scheduleAtFixedRate(this::beat, 0, millis, TimeUnit.MILLISECONDS);
        if (scheduled.isCancelled()) {
            throw new IllegalStateException("The heartbeat did not start.");
        }
    }

    @Override
    public void at(String stage, double fraction, String message) {
        Superseded gone = superseded;
        if (gone != null) {
            throw gone;
        }
        boolean another = !stage.equals(word.stage);
        word = new Word(stage, fraction, message);
        if (trainingSince < 0 && !BEFORE_TRAINING.contains(stage)) {
            trainingSince = System.nanoTime();
        }
        if (another) {
            thread.execute(this::beat);
        }
        also.at(stage, fraction, message);
    }

    @Override
    public void saved(Path checkpoint) {
        also.saved(checkpoint);
    }

    /// Says the newest right now.
    private void beat() {
        Word now = word;
        try {
            queue.beat(claim, now.stage, now.fraction, now.message, seconds());
        } catch (Superseded gone) {
            superseded = gone;
        } catch (IllegalStateException unreachable) {
            // The database may come back before anybody takes this trainer for dead; if not, the next beat tells.
            also.at(now.stage, now.fraction, String.valueOf(unreachable.getMessage()));
        }
    }

    /// @return spent in training, by trainers before this one too
    private double seconds() {
        long since = trainingSince;
        return claim.seconds() + (since < 0 ? 0 : (System.nanoTime() - since) / 1e9);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

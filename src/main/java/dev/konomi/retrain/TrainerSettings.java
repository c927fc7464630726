package dev.konomi.retrain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The trainer that `./konomi serve` starts beside itself; a deployment has a trainer of its own.
@ConfigMapping(prefix = "konomi.trainer")
public interface TrainerSettings {
    /// Whether this process starts a trainer when a request waits. `./konomi serve` sets it.
    @WithDefault("false")
    boolean local();

    /// Where the trainer keeps checkpoints and its log.
    @WithDefault("target/trainer-work")
    Path work();

    /// How the trainer is started; without it, `./konomi train` of this checkout.
    Optional<List<String>> command();

    /// Options of the trainer's Java; its tensors need as much again outside the heap.
    @WithDefault("-Xmx1g")
    String javaOptions();

    /// Which plan it follows: `full` or `quick`.
    @WithDefault("full")
    String plan();

    /// Whether it trains the head in sequence too: up to a minute more with the plan `full`. The release then has
    /// both heads; the late one answers.
    @WithDefault("false")
    boolean sequence();

    /// Where it trains: `cpu`, `cuda` or, with the head in sequence in mixed precision,
    /// `cuda_bf16`.
    @WithDefault("cpu")
    String device();

    /// How often requests are looked for.
    @WithDefault("PT1S")
    Duration poll();
}

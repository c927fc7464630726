package dev.konomi.retrain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/// When retraining is worth its cost, and how whoever trains is told.
@ConfigMapping(prefix = "konomi.retrain")
public interface RetrainSettings {
    /// Fewest events altogether; below it nothing is trained.
    @WithDefault("400")
    int leastEvents();

    /// Fewest people altogether; below it the gate could not tell a good release from a bad one.
    @WithDefault("40")
    int leastPeople();

    /// How many events that say something, recorded since the last training began, are reason enough for the next.
    @WithDefault("200")
    int newEvents();

    /// Time after a training's end in which no other begins.
    @WithDefault("PT10M")
    Duration coolDown();

    /// Time after a training's end after which a single new event is reason enough for the next.
    @WithDefault("P7D")
    Duration every();

    /// How many labelled answers lie at least between two false alarms of drift, on average; more makes drift be found
    /// later.
    @WithDefault("100000")
    long driftFalseAlarms();

    /// Seconds of the trainer's machine that a tenant may have in a calendar month (UTC).
    @WithDefault("36000")
    long monthlySeconds();

    /// What a tenant's trainings may cost in a calendar month (UTC), in the currency of the price; without it only
    /// seconds count.
    OptionalDouble monthlyCost();

    /// Price of an hour of the trainer's machine, in any currency.
    @WithDefault("0")
    double pricePerHour();

    /// URL of an SQS queue that takes requests to whoever trains; without it, a table of the database does.
    Optional<URI> queue();

    /// URL of the SQS queue for requests that are given up. Needed where `queue` is set.
    Optional<URI> deadLetters();

    /// Region of both; without it, the environment's.
    Optional<String> queueRegion();

    /// A request that nobody has been heard of for so long is sent again; after three trainers it is given up.
    @WithDefault("PT15M")
    Duration silence();

    /// How often a process of `./konomi serve` looks by itself whether there is reason to retrain; without it, only
    /// when it is asked. In the cloud a schedule calls the function `retrain` with `{"check": true}`.
    Optional<Duration> checkEvery();
}

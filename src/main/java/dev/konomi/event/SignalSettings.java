package dev.konomi.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What each event weighs: 1 is one clear choice between two images; 0 leaves the event out of the history.
@ConfigMapping(prefix = "konomi.signal")
public interface SignalSettings {
    /// Weight of `Liked`.
    @WithDefault("1")
    float liked();

    /// Weight of `Disliked`.
    @WithDefault("1")
    float disliked();

    /// Weight of `Chosen`, shared by its pairs: one choice counts once, however many were left.
    @WithDefault("1")
    float chosen();

    /// Weight of `Ordered`: money says more than a click.
    @WithDefault("2")
    float ordered();

    /// Weight of `Converted`.
    @WithDefault("2")
    float converted();

    /// Weight of `Returned`, a dislike.
    @WithDefault("1.5")
    float returned();

    /// Weight of `Corrected`: somebody took the trouble to say it.
    @WithDefault("2")
    float corrected();

    /// Weight of `Skipped`, a faint dislike.
    @WithDefault("0.1")
    float skipped();

    /// Greatest weight of `Dwelled`, reached at `dwellFull`.
    @WithDefault("0.3")
    float dwelled();

    /// A dwell shorter than this says nothing, in seconds.
    @WithDefault("3")
    float dwellShortest();

    /// A dwell of this length has its full weight, in seconds.
    @WithDefault("30")
    float dwellFull();

    /// Greatest weight of `Rated`, reached at the ends of the scale.
    @WithDefault("1")
    float rated();

    /// Lowest rating of the tenant's scale.
    @WithDefault("1")
    double ratedLowest();

    /// Highest rating of the tenant's scale. The middle says nothing.
    @WithDefault("5")
    double ratedHighest();
}

package dev.konomi.cli.pilot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.konomi.cli.bench.ServingFigures;
import dev.konomi.cli.measure.Guided;
import dev.konomi.cli.measure.Measures;

/// All figures of a pilot.
///
/// @param seed of the world
/// @param scale how much of everything there was
/// @param segments groups of tastes in the world
/// @param images that were painted
/// @param events what became of all events
/// @param request the training, as `retrain` tells it
/// @param release digest of the release that answered at the end
/// @param standings how well everybody predicted
/// @param measures calibration, groups, differences and reasons
/// @param guided what guidance is worth
/// @param serving what a scoring takes
/// @param residentMegabytes of the functions' process after all scorings
record PilotFigures(
        long seed,
        PilotScale scale,
        int segments,
        int images,
        Deliveries.EventCounts events,
        JsonNode request,
        String release,
        Standings standings,
        Measures measures,
        Guided guided,
        ServingFigures serving,
        double residentMegabytes) {}

package dev.konomi.cli.pilot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.konomi.cli.Bar;
import dev.konomi.cli.CommandFailed;
import dev.konomi.cli.bench.ServingBench;
import dev.konomi.cli.bench.ServingFigures;
import dev.konomi.cli.measure.Guided;
import dev.konomi.cli.measure.Measurement;
import dev.konomi.cli.measure.Measurement.Scale;
import dev.konomi.cli.measure.Measures;
import dev.konomi.cli.measure.TrialProtocol;
import dev.konomi.cli.pilot.Deliveries.EventCounts;
import dev.konomi.cli.pilot.Scorings.Ranking;
import dev.konomi.gallery.Catalogue;
import dev.konomi.gallery.IdealObserver;
import dev.konomi.gallery.Predictions;
import dev.konomi.gallery.Trial;
import dev.konomi.report.HtmlReport;
import dev.konomi.train.evaluate.baseline.Baseline;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// Simulated people use Konomi as an app's people would: pictures, choices, a training, a
/// release, scores. Everything goes through the functions over HTTP; only the examination at the
/// end looks at the release itself.
final class Pilot {
    /// Keys of pictures that training people choose from.
    static final String SEEN = "picture-";

    /// Keys of pictures with attribute combinations that no training picture shows.
    static final String UNSEEN = "unseen-";

    private static final Duration RELOAD_PATIENCE = Duration.ofSeconds(30);
    private static final int CANDIDATES = 100;

    /// People who ask for pictures that are made for them.
    private static final int ASKING = 150;

    private static final int ASKING_QUICKLY = 20;

    private final PilotHost host;
    private final long seed;
    private final PilotScale scale;
    private final Town town;
    private final List<Trial> trials;
    private final Measurement measurement;
    private final List<String> unseenPeople;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Scorings scorings;

    Pilot(PilotHost host, long seed, PilotScale scale) {
        this.host = host;
        this.seed = seed;
        this.scale = scale;
        this.town = new Town(seed, scale);
        this.trials = town.trials();
        this.measurement = new Measurement(
                town.world(), town.heldOut(), trials, town::unseen, seed, scale.quick() ? Scale.QUICK : Scale.FULL);
        this.unseenPeople = IntStream.range(0, scale.unseenPeople())
                .mapToObj(number -> "newcomer-" + number)
                .toList();
        this.scorings = new Scorings(host.functions(), UNSEEN);
    }

    PilotFigures run() throws InterruptedException {
        List<String> seen = paint(town.catalogue(), SEEN, "Painting the gallery");
        List<String> unseen = paint(measurement.pictures(), UNSEEN, "Painting unseen pictures");
        encode(seen.size() + unseen.size());
        EventCounts events = sendChoices();

        CompletableFuture<Predictions> ideal = CompletableFuture.supplyAsync(this::observe);
        CompletableFuture<Measurement.Ideal> idealMeasures = ideal.thenApply(_ -> measurement.observe());
        JsonNode request = train();
        String release = request.path("release").asText();
        awaitRelease(release);

        events = events.plus(sendHistories());
        List<Ranking> rankings = score();
        Standings standings;
        Measures measures;
        Guided guided;
        ServingFigures serving;
        try (PilotRecords records = PilotRecords.read(host, request, seen, unseen)) {
            standings = examine(records, rankings, ideal.join());
            measures = measurement.measure(records.subject(), idealMeasures.join(), now);
            guided = Guided.of(
                    scale.quick() ? ASKING_QUICKLY : ASKING,
                    town.world(),
                    trials,
                    town::unseen,
                    records.subject(),
                    records.encoder(),
                    ideal.join(),
                    now);
            serving = records.bench(scale.quick() ? 60 : ServingBench.ROUNDS);
        }
        double resident = scoreMany();
        return new PilotFigures(
                seed,
                scale,
                town.world().population().segments(),
                seen.size() + unseen.size(),
                events,
                request,
                release,
                standings,
                measures,
                guided,
                serving,
                resident);
    }

    private List<String> paint(Catalogue catalogue, String prefix, String name) {
        try (Bar bar = new Bar(name, catalogue.size())) {
            return new Uploads(host.functions()).put(catalogue, prefix, bar);
        }
    }

    private void encode(int items) {
        try (Bar bar = new Bar("Encoding pictures", items)) {
            new Uploads(host.functions()).encode(bar);
        }
    }

    /// Everybody's choices, the first batch twice: what comes again must count once.
    private EventCounts sendChoices() throws InterruptedException {
        int again = Math.ceilDiv(1000, scale.choices());
        long total = (long) (scale.people() + again) * scale.choices();
        try (Deliveries deliveries = new Deliveries(host.functions(), new Bar("Recording choices", total))) {
            for (int person = 0; person < scale.people(); person++) {
                deliveries.send("person-" + person, town.choices(person), now, SEEN);
            }
            EventCounts once = deliveries.finish();
            for (int person = 0; person < again; person++) {
                deliveries.send("person-" + person, town.choices(person), now, SEEN);
            }
            return once.plus(deliveries.finish());
        }
    }

    private EventCounts sendHistories() throws InterruptedException {
        try (Deliveries deliveries = new Deliveries(
                host.functions(), new Bar("Meeting unseen people", (long) trials.size() * PilotScale.HISTORY))) {
            for (int person = 0; person < trials.size(); person++) {
                deliveries.send(unseenPeople.get(person), trials.get(person).history(), now, UNSEEN);
            }
            return deliveries.finish();
        }
    }

    private JsonNode train() throws InterruptedException {
        try (Bar bar = new Bar("Training", Retraining.parts())) {
            return new Retraining(host.functions()).run("pilot", bar);
        }
    }

    /// The functions were never restarted: they find the new release by themselves.
    private void awaitRelease(String release) throws InterruptedException {
        Instant deadline = Instant.now().plus(RELOAD_PATIENCE);
        while (!answeringRelease().equals(release)) {
            if (Instant.now().isAfter(deadline)) {
                throw new CommandFailed(
                        1,
                        "Release " + release + " was published " + RELOAD_PATIENCE.toSeconds()
                                + " s ago, but `score` still answers from '" + answeringRelease() + "'.");
            }
            Thread.sleep(500);
        }
    }

    /// @return digest of the release that answers `score` now
    String answeringRelease() {
        return scorings.ask(unseenPeople.getFirst(), new int[] {0, 1}).release();
    }

    private List<Ranking> score() throws InterruptedException {
        try (Bar bar = new Bar("Scoring unseen people", trials.size())) {
            return scorings.ask(unseenPeople, person -> asked(trials.get(person)), bar);
        }
    }

    private Standings examine(PilotRecords records, List<Ranking> rankings, Predictions ideal) {
        if (!ideal.converged()) {
            throw new CommandFailed(1, "The ideal observer has not converged:\n" + ideal.summary());
        }
        Map<String, Baseline> baselines = records.baselines(town);
        try (Bar bar = new Bar("Examination", Examination.parts(baselines.size()))) {
            return new Examination(trials, TrialProtocol.of(trials, now), ideal)
                    .examine(
                            rankings,
                            records.ranker(),
                            records.otherRankers(),
                            baselines,
                            records.unseen(),
                            town.appeal(measurement.pictures()),
                            bar);
        }
    }

    private static int[] asked(Trial trial) {
        return trial.targets().stream()
                .flatMapToInt(target -> IntStream.of(target.chosen(), target.rejected()))
                .distinct()
                .toArray();
    }

    /// @return resident memory of the functions' process afterwards, in megabytes
    private double scoreMany() throws InterruptedException {
        List<String> users = IntStream.range(0, scale.scorings())
                .mapToObj(i -> unseenPeople.get(i % unseenPeople.size()))
                .toList();
        try (Bar bar = new Bar("Scoring again and again", users.size())) {
            scorings.ask(users, i -> candidates(i), bar);
        }
        return host.server().residentMegabytes();
    }

    /// Other pictures each time, so that nothing can be remembered as an answer.
    private int[] candidates(int question) {
        int images = scale.heldOutImages();
        return IntStream.range(0, CANDIDATES)
                .map(i -> (int) ((question * 37L + i * 7L) % images))
                .distinct()
                .toArray();
    }

    private Predictions observe() {
        return new IdealObserver(town.world(), scale.idealSamples()).observe(trials, PilotScale.LENGTHS, 1);
    }

    HtmlReport page(PilotFigures figures) {
        return new PilotPage(town, trials, unseenPeople, scorings, host.functions()).html(figures);
    }
}

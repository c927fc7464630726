package dev.konomi.cli.study;

import dev.konomi.cli.Bar;
import dev.konomi.cli.measure.TrialProtocol;
import dev.konomi.cli.pilot.PilotScale;
import dev.konomi.cli.pilot.Town;
import dev.konomi.gallery.Attribute;
import dev.konomi.gallery.Catalogue;
import dev.konomi.gallery.IdealObserver;
import dev.konomi.gallery.Picture;
import dev.konomi.gallery.Predictions;
import dev.konomi.gallery.Trial;
import dev.konomi.item.Encoding;
import dev.konomi.item.ItemContent;
import dev.konomi.item.ItemEncoder;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.evaluate.Bootstrap;
import dev.konomi.train.evaluate.Outcome;
import dev.konomi.train.evaluate.Protocol;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.evaluate.Reliability;
import dev.konomi.train.stage.Progress;
import dev.konomi.train.stage.SequencePlan;
import dev.konomi.train.stage.SequenceTraining;
import dev.konomi.train.stage.TrainedModel;
import dev.konomi.train.stage.TrainedSequence;
import dev.konomi.train.stage.Training;
import dev.konomi.train.stage.TrainingPlan;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Trains on simulated people and asks unseen ones, without a server. Encodings of a world are kept, and a training
/// that was killed goes on from its last checkpoint.
final class GalleryLaboratory implements Laboratory {
    private static final int CHOICES = 40;
    private static final int UNSEEN_PEOPLE = 1_000;
    private static final int PICTURES = 3_000;
    private static final int HELD_OUT_PICTURES = 1_000;
    private static final int IDEAL_SAMPLES = 1_024;
    private static final int AT_ONCE = 40;
    private static final Instant LAST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Bootstrap MEANS_ALONE = new Bootstrap(1, 40);

    private static final Pattern KEPT = Pattern.compile("validation\\.[a-z-]+\\.accuracy(\\.8)?|prior\\..*");

    private final StudyFolder folder;
    private final Recipes recipes;
    private final ItemEncoder encoder;
    private final Path work;

    /// What is ready for one world and number of people.
    private record Ready(Town town, int people, List<Trial> trials, List<Encoding> items, List<Encoding> heldOut) {}

    private @Nullable Ready ready;

    /// @param folder gets the worlds' figures
    /// @param work for encodings and checkpoints
    GalleryLaboratory(StudyFolder folder, Recipes recipes, ItemEncoder encoder, Path work) {
        this.folder = folder;
        this.recipes = recipes;
        this.encoder = encoder;
        this.work = work;
    }

    @Override
    public StudyRun run(RunKey key) {
        Ready world = ready(key);
        Optional<TrainedSequence> prior =
                key.variant().start() == Variant.Start.PRIOR ? Optional.of(prior()) : Optional.empty();
        long started = System.nanoTime();
        Path checkpoints = work.resolve("checkpoints").resolve(key.name() + "-" + recipes.fingerprint(key));
        Model model =
                key.variant().inSequence() ? inSequence(key, world, prior, checkpoints) : late(key, world, checkpoints);
        StudyRun run = measure(key, model, world, started);
        if (Files.exists(checkpoints)) {
            delete(checkpoints);
        }
        return run;
    }

    private Model late(RunKey key, Ready world, Path checkpoints) {
        TrainingPlan plan = recipes.plan(key);
        int steps = plan.tokenSteps() + plan.stageOneSteps() + plan.stageTwoSteps();
        TrainedModel model;
        try (Bar bar = new Bar(key.variant().id() + " " + key.seed(), steps)) {
            Files.createDirectories(checkpoints);
            model = Training.run(training(key, world), plan, checkpoints, (stage, step, total, loss) -> {
                int before = stage.equals("token-fit")
                        ? 0
                        : stage.equals("stage-one") ? plan.tokenSteps() : plan.tokenSteps() + plan.stageOneSteps();
                bar.to(before + (long) step);
                bar.says(stage);
            });
        } catch (IOException e) {
            throw new UncheckedIOException("No checkpoints can be kept in " + checkpoints + ".", e);
        }
        return new Model(
                model.ranker(unseen(key, world)).calibrated(model.temperature()),
                steps,
                model.chosen(),
                model.metrics());
    }

    private Model inSequence(RunKey key, Ready world, Optional<TrainedSequence> prior, Path checkpoints) {
        SequencePlan plan = recipes.sequence(key);
        Dataset training = training(key, world);
        int steps = plan.decoderSteps() + plan.tokenSteps();
        TrainedSequence head;
        try (Bar bar = new Bar(key.variant().id() + " " + key.seed(), steps)) {
            Progress progress = (stage, step, total, loss) -> {
                bar.to(stage.equals(SequenceTraining.DECODER) ? step : plan.decoderSteps() + (long) step);
                bar.says(stage);
            };
            head = prior.isPresent()
                    ? SequenceTraining.run(training, plan, prior.get(), checkpoints, progress)
                    : SequenceTraining.run(training, plan, checkpoints, progress);
        }
        SortedMap<String, Double> metrics = new TreeMap<>(head.metrics());
        if (prior.isPresent()) {
            int last = recipes.prior().decoderSteps() - 1;
            metrics.put("prior.steps", (double) recipes.prior().decoderSteps());
            metrics.put("prior.firstWorld", (double) TrainingWorlds.seed(0, 0));
            metrics.put("prior.lastWorld", (double) TrainingWorlds.seed(last, TrainingWorlds.AT_ONCE - 1));
        }
        String chosen = plan.tokenSteps() > 0
                ? SequenceTraining.TOKENS
                : plan.decoderSteps() > 0 ? SequenceTraining.DECODER : "prior";
        return new Model(head.ranker(unseen(key, world)).calibrated(head.temperature()), steps, chosen, metrics);
    }

    /// The decoder that all worlds' runs with a prior start from; fitted when it is first asked for, then kept.
    private TrainedSequence prior() {
        Catalogue catalogue = Catalogue.of(TrainingWorlds.FIRST, PICTURES, false);
        Dataset items =
                dataset(Inputs.BOTH, catalogue, encodings(TrainingWorlds.FIRST, catalogue.pictures()), List.of());
        SequencePlan plan = recipes.prior();
        try (Bar bar = new Bar("prior", plan.decoderSteps())) {
            return SequenceTraining.beforehand(
                    items,
                    new TrainingWorlds(catalogue, CHOICES),
                    plan,
                    work.resolve("prior-" + recipes.priorFingerprint()),
                    (stage, step, total, loss) -> bar.to(step));
        }
    }

    /// What is measured.
    ///
    /// @param ranker over unseen pictures
    /// @param steps that it took on the people learned from
    /// @param chosen the stage that it is of
    /// @param metrics of validation people
    private record Model(Ranker ranker, int steps, String chosen, Map<String, Double> metrics) {}

    private Dataset training(RunKey key, Ready world) {
        Town town = world.town();
        return dataset(
                key.variant().inputs(),
                town.catalogue(),
                world.items(),
                IntStream.range(0, key.people())
                        .mapToObj(i -> new Person(i, TrialProtocol.history(town.choices(i), CHOICES, LAST)))
                        .toList());
    }

    private Dataset unseen(RunKey key, Ready world) {
        return dataset(key.variant().inputs(), world.town().heldOut(), world.heldOut(), List.of());
    }

    private StudyRun measure(RunKey key, Model model, Ready world, long started) {
        Protocol protocol = TrialProtocol.of(world.trials(), LAST);
        SequencedMap<String, Double> figures = new LinkedHashMap<>();
        double[] early = {};
        double[] late = {};
        for (int length : Protocol.LENGTHS) {
            Outcome outcome = protocol.ask(model.ranker(), length);
            double[] accuracies = outcome.accuracies();
            figures.put("accuracy." + length, mean(accuracies));
            if (length == StudyRun.EARLY) {
                early = accuracies;
            }
            if (length == StudyRun.LATE) {
                late = accuracies;
                figures.put("ece", Reliability.of(outcome).error(MEANS_ALONE).mean());
            }
        }
        model.metrics().entrySet().stream()
                .filter(metric -> KEPT.matcher(metric.getKey()).matches())
                .sorted(Map.Entry.comparingByKey())
                .forEach(metric -> figures.put(metric.getKey(), metric.getValue()));
        return new StudyRun(
                key,
                recipes.fingerprint(key),
                model.steps(),
                (System.nanoTime() - started) / 1e9,
                System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors",
                model.chosen(),
                figures,
                early,
                late);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private Ready ready(RunKey key) {
        Ready world = ready;
        if (world == null || world.town().world().seed() != key.seed() || world.people() != key.people()) {
            Town town = new Town(
                    key.seed(),
                    new PilotScale(
                            key.people(),
                            CHOICES,
                            UNSEEN_PEOPLE,
                            PICTURES,
                            HELD_OUT_PICTURES,
                            0,
                            IDEAL_SAMPLES,
                            false));
            List<Trial> trials = town.trials();
            observe(town, trials);
            List<Encoding> all = encodings(
                    town.world().seed(),
                    Stream.concat(town.catalogue().pictures().stream(), town.heldOut().pictures().stream())
                            .toList());
            world = new Ready(
                    town,
                    key.people(),
                    trials,
                    all.subList(0, PICTURES),
                    all.subList(PICTURES, PICTURES + HELD_OUT_PICTURES));
            ready = world;
        }
        return world;
    }

    private void observe(Town town, List<Trial> trials) {
        long seed = town.world().seed();
        if (folder.world(seed).isPresent()) {
            return;
        }
        int[] lengths = {0, StudyRun.EARLY, StudyRun.LATE};
        Predictions ideal = new IdealObserver(town.world(), IDEAL_SAMPLES).observe(trials, lengths, 1);
        folder.write(new StudyWorld(
                seed, ideal.accuracies(0), ideal.accuracies(StudyRun.EARLY), ideal.accuracies(StudyRun.LATE)));
    }

    // Encodings

    private Dataset dataset(Inputs inputs, Catalogue catalogue, List<Encoding> encodings, List<Person> people) {
        boolean attributes = inputs == Inputs.ATTRIBUTES;
        return new Dataset(
                attributes ? "attributes" : encoder.digest(),
                attributes ? Attribute.VALUES : encoder.width(),
                IntStream.range(0, catalogue.size())
                        .mapToObj(i -> told(inputs, catalogue.picture(i), encodings.get(i)))
                        .toList(),
                people);
    }

    static Encoding told(Inputs inputs, Picture picture, Encoding encoding) {
        return switch (inputs) {
            case BOTH -> encoding;
            case IMAGE -> new Encoding(encoding.image(), null);
            case TEXT -> new Encoding(null, encoding.text());
            case ATTRIBUTES -> {
                float[] shown = new float[Attribute.VALUES];
                for (Attribute attribute : Attribute.values()) {
                    shown[attribute.offset() + picture.scene().value(attribute)] = 1;
                }
                yield new Encoding(shown, null);
            }
        };
    }

    /// @param seed of the world that the pictures are painted for
    private List<Encoding> encodings(long seed, List<Picture> pictures) {
        Path file = work.resolve("world-" + seed + "-" + encoder.digest().substring(0, 16) + ".encodings");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(work);
                Path beside = work.resolve(file.getFileName() + ".part");
                try (DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(beside)))) {
                    paint(seed, pictures, out);
                }
                Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                List<Encoding> encodings = new ArrayList<>();
                for (int i = 0; i < pictures.size(); i++) {
                    encodings.add(new Encoding(token(in), token(in)));
                }
                return encodings;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The encodings in " + file + " cannot be kept or read.", e);
        }
    }

    private void paint(long seed, List<Picture> pictures, DataOutputStream out) throws IOException {
        try (Bar bar = new Bar("world " + seed, pictures.size())) {
            for (List<Picture> part :
                    pictures.stream().gather(Gatherers.windowFixed(AT_ONCE)).toList()) {
                List<ItemContent> contents = part.stream()
                        .map(picture -> new ItemContent(picture.jpeg(), picture.prompt(), List.of()))
                        .toList();
                for (Encoding encoding : encoder.encode(contents)) {
                    write(out, encoding.image());
                    write(out, encoding.text());
                }
                bar.step(part.size());
            }
        }
    }

    private static void write(DataOutputStream out, float @Nullable [] token) throws IOException {
        byte[] bytes = Encoding.bytes(token);
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static float @Nullable [] token(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : Encoding.floats(in.readNBytes(length));
    }

    private static void delete(Path checkpoints) {
        try (Stream<Path> files = Files.list(checkpoints)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(checkpoints);
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoints in " + checkpoints + " cannot be deleted.", e);
        }
    }
}

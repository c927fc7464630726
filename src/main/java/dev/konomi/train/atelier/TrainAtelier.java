package dev.konomi.train.atelier;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.konomi.gallery.Attribute;
import dev.konomi.gallery.Painter;
import dev.konomi.gallery.Scene;
import dev.konomi.item.EncoderManifest;
import dev.konomi.item.HashedTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Trains the encoder that ships with Konomi on this project's own gallery: paint → learn → measure → export.
///
/// It sees pictures, prompts and attributes; never a world, a person or a taste. Combinations that are held out are
/// not painted for it. The same options on the same machine with one thread give the same files.
public final class TrainAtelier {
    private static final int REPORT_EVERY = 50;
    private static final long CHECKPOINT_NANOS = 120_000_000_000L;

    /// Pictures there must be at the first step, and how many more at each: painting stays ahead of learning, and what
    /// a step may draw from does not depend on how fast either is.
    private static final int PAINTED_AT_FIRST = 2000;

    private static final int PAINTED_A_STEP = 16;

    private final AtelierOptions options;
    private final HashedTokenizer tokenizer;
    private final Path folder;
    private final Path log;
    private final Consumer<String> progress;

    private TrainAtelier(AtelierOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
        tokenizer =
                new HashedTokenizer(options.shape().buckets(), options.shape().ids());
        folder = options.work().resolve("run-" + fingerprint(painterFingerprint() + options.withWork(Path.of(""))));
        log = folder.resolve("training.log");
    }

    /// Trains, or goes on where an interrupted run with the same options stopped, and writes `image.onnx`, `text.onnx`,
    /// `manifest.json` and `training.log`.
    ///
    /// @param out folder of the finished encoder
    /// @param options how to train
    /// @param command what was typed, for the manifest
    /// @param progress takes one line now and then
    public static void run(Path out, AtelierOptions options, String command, Consumer<String> progress)
            throws IOException {
        new TrainAtelier(options, progress).train(out, command);
    }

    private void train(Path out, String command) throws IOException {
        Files.createDirectories(folder);
        torch.set_num_threads(options.threads());
        torch.manual_seed(options.seed());
        TowerShape shape = options.shape();
        String painter = painterFingerprint();
        try (Paintings heldOut = paintings("held-out", painter, options.seed() + 1, options.checked(), true);
                Paintings paintings = paintings("learn", painter, options.seed(), options.paintings(), false)) {
            heldOut.paint(n -> {});
            Thread painting = Thread.ofPlatform().daemon().name("painter").start(() -> paintings.paint(n -> {}));
            try {
                Atelier network = new Atelier(shape);
                TensorVector parameters = network.parameters();
                AdamWOptions adam = new AdamWOptions(options.learningRate());
                adam.weight_decay().put(options.weightDecay());
                AdamW optimizer = new AdamW(parameters, adam);
                int step = resume(network, optimizer);
                say("%,d parameters, of them %,d in the image tower and %,d in the text tower; step %d of %d"
                        .formatted(
                                count(parameters),
                                count(network.image.parameters()),
                                count(network.text.parameters()),
                                step,
                                options.steps()));
                learn(network, optimizer, parameters, paintings, step);
                AtelierReport report = AtelierReport.of(network, heldOut, shape, tokenizer);
                say(report.line());
                describe(out, write(out, network, tokenizer), report, command, painter);
            } finally {
                paintings.stop();
                join(painting);
            }
        }
    }

    private Paintings paintings(String name, String painter, long seed, int count, boolean heldOut) throws IOException {
        Path file = options.work()
                .resolve("%s-%s-%d-%d.rgb"
                        .formatted(name, painter, seed, options.shape().edge()));
        return new Paintings(file, seed, count, options.shape().edge(), heldOut);
    }

    private void learn(Atelier network, AdamW optimizer, TensorVector parameters, Paintings paintings, int firstStep)
            throws IOException {
        long saved = System.nanoTime();
        long began = saved;
        double[] losses = new double[5];
        int lines = 0;
        for (int step = firstStep; step < options.steps(); step++) {
            int available = options.from() == null
                    ? Math.min(paintings.size(), PAINTED_AT_FIRST + PAINTED_A_STEP * step)
                    : paintings.size();
            await(paintings, available);
            SplittableRandom random = new SplittableRandom(options.seed() * 31 + step);
            AtelierBatch batch = AtelierBatch.draw(
                    paintings, available, options.batch(), options.procedural(), options.shape(), tokenizer, random);
            optimizer.param_groups().get(0).options().set_lr(learningRate(step));
            try (PointerScope scope = new PointerScope()) {
                optimizer.zero_grad();
                AtelierLoss loss =
                        AtelierLoss.of(network, batch, options.batch(), options.procedural(), options.shape());
                loss.total().backward();
                torch.clip_grad_norm_(parameters, 1.0);
                optimizer.step();
                losses[0] += loss.picture().item_float();
                losses[1] += loss.text().item_float();
                losses[2] += loss.contrast().item_float();
                losses[3] += loss.statistics().item_float();
                losses[4] += loss.procedural().item_float();
                lines++;
            }
            long now = System.nanoTime();
            if ((step + 1) % REPORT_EVERY == 0 || step + 1 == options.steps()) {
                say(String.format(
                        Locale.ROOT,
                        "step %d of %d: picture %.3f text %.3f contrast %.3f statistics %.3f procedural %.3f | rate %.2e | %.0f ms a step | %d painted",
                        step + 1,
                        options.steps(),
                        losses[0] / lines,
                        losses[1] / lines,
                        losses[2] / lines,
                        losses[3] / lines,
                        losses[4] / lines,
                        learningRate(step),
                        (now - began) / 1e6 / lines,
                        paintings.painted()));
                java.util.Arrays.fill(losses, 0);
                lines = 0;
                began = System.nanoTime();
            }
            if (now - saved > CHECKPOINT_NANOS || step + 1 == options.steps()) {
                checkpoint(network, optimizer, step + 1);
                saved = System.nanoTime();
            }
        }
    }

    /// Rises for the first 4 % of the steps and then falls to zero along a cosine.
    private double learningRate(int step) {
        double warm = Math.min(1, (step + 1) / (0.04 * options.steps()));
        return options.learningRate() * warm * (0.5 + 0.5 * Math.cos(Math.PI * step / options.steps())) + 1e-7;
    }

    private static void await(Paintings paintings, int available) {
        while (paintings.painted() < available) {
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    private static void join(Thread painting) {
        try {
            painting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long count(TensorVector parameters) {
        long count = 0;
        for (long k = 0; k < parameters.size(); k++) {
            count += parameters.get(k).numel();
        }
        return count;
    }

    // Checkpoints: a folder is complete before it gets its name, so a kill leaves the one before.

    private void checkpoint(Atelier network, AdamW optimizer, int step) throws IOException {
        Path fresh = folder.resolve("unfinished");
        delete(fresh);
        Files.createDirectories(fresh);
        try (PointerScope scope = new PointerScope()) {
            OutputArchive weights = new OutputArchive();
            network.save(weights);
            weights.save_to(fresh.resolve("network.pt").toString());
            OutputArchive state = new OutputArchive();
            optimizer.save(state);
            state.save_to(fresh.resolve("optimizer.pt").toString());
        }
        Files.move(fresh, folder.resolve("step-" + step), StandardCopyOption.ATOMIC_MOVE);
        for (Path old : checkpoints()) {
            if (stepOf(old) < step) {
                delete(old);
            }
        }
    }

    private int resume(Atelier network, AdamW optimizer) throws IOException {
        Path last = checkpoints().stream()
                .max(Comparator.comparingInt(TrainAtelier::stepOf))
                .orElse(null);
        if (last == null) {
            if (options.from() != null) {
                weights(network, options.from());
            }
            return 0;
        }
        weights(network, last);
        try (PointerScope scope = new PointerScope()) {
            InputArchive state = new InputArchive();
            state.load_from(last.resolve("optimizer.pt").toString());
            optimizer.load(state);
        }
        return stepOf(last);
    }

    private static void weights(Atelier network, Path from) throws IOException {
        if (Files.isRegularFile(from.resolve(EncoderManifest.IMAGE_FILE))) {
            AtelierImport.read(network, from);
            return;
        }
        Path file = from.resolve("network.pt");
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There are no weights at " + file
                    + ": name a checkpoint, e.g. target/atelier/run-…/step-3000, or the folder of a finished encoder.");
        }
        try (PointerScope scope = new PointerScope()) {
            InputArchive weights = new InputArchive();
            weights.load_from(file.toString());
            Map.of(
                            "image", network.image,
                            "text", network.text,
                            "attributes", network.attributes,
                            "statistics", network.statistics,
                            "procedural", network.procedural)
                    .forEach((name, module) -> load(weights, name, module));
        }
    }

    /// A part that a checkpoint from before it was learned does not have begins anew.
    private static void load(InputArchive weights, String name, org.bytedeco.pytorch.Module module) {
        InputArchive part = new InputArchive();
        if (weights.try_read(name, part)) {
            module.load(part);
        }
    }

    private java.util.List<Path> checkpoints() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> name(file).startsWith("step-")).toList();
        }
    }

    private static int stepOf(Path checkpoint) {
        return Integer.parseInt(name(checkpoint).substring("step-".length()));
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// Writes the graphs and what is needed to use them.
    ///
    /// @return the manifest, as written
    static ObjectNode write(Path out, Atelier network, HashedTokenizer tokenizer) throws IOException {
        TowerShape shape = network.image.shape;
        byte[] image = AtelierExport.image(network);
        byte[] text = AtelierExport.text(network);
        EncoderManifest manifest = new EncoderManifest(
                Atelier.width(shape),
                shape.edge(),
                AtelierBatch.MEAN,
                AtelierBatch.DEVIATION,
                tokenizer,
                sha256(image),
                sha256(text));
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("schema", 1)
                .put("name", "atelier")
                .put("digest", manifest.digest())
                .put("width", manifest.width());
        root.putObject("image")
                .put("file", EncoderManifest.IMAGE_FILE)
                .put("sha256", manifest.imageSha256())
                .put("bytes", image.length)
                .put("edge", manifest.edge())
                .put("fit", "stretch")
                .put("mean", manifest.mean())
                .put("deviation", manifest.deviation())
                .put("parameters", count(network.image.parameters()));
        ObjectNode words = root.putObject("text")
                .put("file", EncoderManifest.TEXT_FILE)
                .put("sha256", manifest.textSha256())
                .put("bytes", text.length)
                .put("parameters", count(network.text.parameters()));
        words.putObject("tokenizer")
                .put("specification", HashedTokenizer.SPECIFICATION)
                .put("buckets", tokenizer.buckets())
                .put("length", tokenizer.length());
        Files.createDirectories(out);
        Files.write(out.resolve(EncoderManifest.IMAGE_FILE), image);
        Files.write(out.resolve(EncoderManifest.TEXT_FILE), text);
        write(out, root);
        return root;
    }

    private void describe(Path out, ObjectNode root, AtelierReport report, String command, String painter)
            throws IOException {
        ObjectNode metrics = root.putObject("heldOut").put("pictures", options.checked());
        put(metrics.putObject("linearFromImage"), report.pictures());
        put(metrics.putObject("linearFromTextWhereNamed"), report.texts());
        metrics.put("promptsWhoseNearestPictureFits", report.found());
        root.putObject("training")
                .put("seed", options.seed())
                .put("steps", options.steps())
                .put("batch", options.batch())
                .put("procedural", options.procedural())
                .put("paintings", options.paintings())
                .put("painter", painter)
                .put("learningRate", options.learningRate())
                .put("weightDecay", options.weightDecay())
                .put("threads", options.threads())
                .put("shape", options.shape().toString())
                .put("command", command)
                .put("finishedAt", Instant.now().toString())
                .put("java", System.getProperty("java.version"))
                .put("machine", System.getProperty("os.arch") + ", " + processor());
        Files.copy(log, out.resolve("training.log"), StandardCopyOption.REPLACE_EXISTING);
        write(out, root);
    }

    private static void write(Path out, ObjectNode root) throws IOException {
        Files.write(
                out.resolve(EncoderManifest.FILE),
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }

    private static void put(ObjectNode node, Map<Attribute, Double> shares) {
        shares.forEach((attribute, share) ->
                node.put(attribute.name().toLowerCase(Locale.ROOT), Math.round(share * 10_000) / 10_000.0));
    }

    private static String processor() {
        Path file = Path.of("/proc/cpuinfo");
        if (Files.isReadable(file)) {
            try (Stream<String> lines = Files.lines(file)) {
                return lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("processor unknown");
            } catch (IOException e) {
                return "processor unknown";
            }
        }
        return "processor unknown";
    }

    /// Tells one painter from another: pictures painted by an older one are not learned from.
    private static String painterFingerprint() {
        StringBuilder pictures = new StringBuilder();
        SplittableRandom random = new SplittableRandom(1);
        for (int k = 0; k < 24; k++) {
            Scene scene = Scene.of(random.nextInt(Scene.COUNT));
            pictures.append(sha256(Painter.jpeg(Painter.paint(scene, k))));
        }
        return fingerprint(pictures.toString());
    }

    private static String fingerprint(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private void say(String line) {
        progress.accept(line);
        try {
            Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

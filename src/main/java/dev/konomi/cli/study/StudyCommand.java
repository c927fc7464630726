package dev.konomi.cli.study;

import dev.konomi.cli.CommandFailed;
import dev.konomi.item.OnnxItemEncoder;
import dev.konomi.report.HtmlReport;
import dev.konomi.report.Report;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./konomi study`: what each part of the model is worth.
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        description = "Train variants of the model on simulated people and compare them, as far as time allows.",
        footer = {
            "",
            "Each finished run is a small file under docs/study: what is there is not made again, so the study goes on",
            "from any clone. The report is written from all files of today's recipe."
        })
public final class StudyCommand implements Callable<Integer> {
    private static final String GROUPS = "groups";

    @Option(
            names = "--budget",
            defaultValue = "60",
            paramLabel = "MINUTES",
            description = "No run is begun that would not be finished by then; 0 writes the report alone (default"
                    + " ${DEFAULT-VALUE}).")
    private double budget;

    @Option(
            names = "--variants",
            split = ",",
            description = "Which (default: all, the most telling first; see docs/study/README.md); 'groups' stands for"
                    + " whether tokens are groups that outlast a retraining.")
    private String @Nullable [] variants;

    @Option(names = "--seeds", defaultValue = "5", description = "How many worlds (default ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--people",
            defaultValue = "4000",
            description = "How many make choices to learn from (default ${DEFAULT-VALUE}).")
    private int people;

    @Option(
            names = "--population",
            defaultValue = "broad",
            description = "What worlds are drawn from: broad, or sharp with segments that differ twice as strongly"
                    + " (default ${DEFAULT-VALUE}).")
    private String population;

    @Option(
            names = "--folder",
            defaultValue = "docs/study",
            description = "Where finished runs are kept (default ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(
            names = "--out",
            defaultValue = "target/study",
            description = "For the report, encodings and checkpoints (default ${DEFAULT-VALUE}).")
    private Path out;

    @Override
    public Integer call() {
        StudyFolder kept = new StudyFolder(folder);
        try (OnnxItemEncoder encoder = OnnxItemEncoder.atelier(1)) {
            Recipes recipes = Recipes.today(encoder.digest(), encoder.width());
            Society society = Society.of(population);
            Sitting sitting = new Sitting(60 * budget, System::nanoTime);
            GroupStudy groups = new GroupStudy(new GroupFolder(folder), recipes);
            PictureEncodings pictures = new PictureEncodings(encoder, out);
            if (chosen().contains(GROUPS)) {
                List<RunKey> missing = groups.missing(people, seeds, society);
                System.out.printf(
                        "%d of %d worlds are missing in which tokens are looked at.%n", missing.size(), seeds);
                groups.run(missing, sitting, new GroupLaboratory(recipes, pictures, out));
            }
            Study study = new Study(kept, recipes, System::nanoTime);
            List<Variant> variants = variants();
            if (!variants.isEmpty()) {
                Study.Plan plan = new Study.Plan(variants, seeds, people, society);
                System.out.printf(
                        "%d of %d runs are missing.%n",
                        study.missing(plan).size(), plan.variants().size() * seeds);
                List<StudyRun> made =
                        study.run(plan, sitting.left(), new GalleryLaboratory(kept, recipes, encoder, out));
                System.out.printf(
                        "%d runs made, %d missing.%n",
                        made.size(), study.missing(plan).size());
            }
            List<StudyRun> finished = study.finished();
            StudyReport report = StudyReport.of(Finished.of(finished, worlds(kept, finished)), people, society);
            GroupReport ofGroups = new GroupReport(groups.finished(people, society));
            Report json = report.json();
            HtmlReport page = report.page();
            ofGroups.write(json);
            ofGroups.write(page);
            Optional<Drift> drift = Drift.of(study.drifts(society));
            drift.ifPresent(changes -> {
                changes.write(json);
                changes.write(page);
            });
            json.write(out.resolve("report.json"));
            page.write(out.resolve("report.html"));
            System.out.println(
                    report.text() + ofGroups.text() + drift.map(Drift::text).orElse(""));
            System.out.printf(
                    "%d runs of another recipe left out. Report: %s%n",
                    kept.runs().size() - finished.size(), out.resolve("report.html"));
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(2, String.valueOf(e.getMessage()));
        }
        return 0;
    }

    private List<String> chosen() {
        String[] given = variants;
        return given == null
                ? Stream.concat(
                                Stream.of(GROUPS),
                                Arrays.stream(Variant.values()).map(Variant::id))
                        .toList()
                : List.of(given);
    }

    private List<Variant> variants() {
        return chosen().stream()
                .filter(id -> !id.equals(GROUPS))
                .map(Variant::of)
                .toList();
    }

    private static Map<WorldKey, StudyWorld> worlds(StudyFolder kept, List<StudyRun> runs) {
        return runs.stream()
                .map(run -> run.key().world())
                .distinct()
                .flatMap(world -> kept.world(world).stream())
                .collect(Collectors.toMap(StudyWorld::key, Function.identity()));
    }
}

package dev.konomi.cli.pilot;

import dev.konomi.cli.CommandFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The whole loop with simulated people.
@Command(
        name = "pilot",
        mixinStandardHelpOptions = true,
        description = "The whole loop with simulated people: paint, ask, learn, publish, score, report.")
public final class PilotCommand implements Callable<Integer> {
    @Option(
            names = "--quick",
            description = "A small town and a short training; its figures show that all runs, not how well.")
    private boolean quick;

    @Option(names = "--serve", description = "Keep the functions running afterwards, until Ctrl-C.")
    private boolean serve;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of the world, its pictures and its people (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            defaultValue = "target/pilot",
            description = "Folder for report.json, report.html and everything that runs (default ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--port",
            defaultValue = "0",
            description = "HTTP port of the functions; 0 takes a free one, 8080 with --serve.")
    private int port;

    @Override
    public Integer call() throws Exception {
        Path home = Path.of(System.getProperty("konomi.home", "."));
        PilotScale scale = quick ? PilotScale.QUICK : PilotScale.FULL;
        Files.createDirectories(out);
        System.out.println("Starting a database, an object store and the functions ...");
        try (PilotHost host = PilotHost.open(home, out, port == 0 && serve ? 8080 : port, scale)) {
            Pilot pilot = new Pilot(host, seed, scale);
            PilotFigures figures = pilot.run();
            PilotReport.json(figures).write(out.resolve("report.json"));
            pilot.page(figures).write(out.resolve("report.html"));
            System.out.println(PilotTable.text(figures));
            System.out.println("Report: " + out.resolve("report.html"));
            String answering = pilot.answeringRelease();
            if (!answering.equals(figures.release())) {
                throw new CommandFailed(
                        1, "Release " + figures.release() + " was published, but `score` answers from " + answering);
            }
            if (serve) {
                System.out.println("The functions answer at " + host.server().address() + "; Ctrl-C ends them.");
                host.server().await();
            }
        }
        return 0;
    }
}

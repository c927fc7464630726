package dev.konomi.train.stage;

import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.network.ItemTable;
import dev.konomi.train.network.Parameters;
import dev.konomi.train.network.PreferenceNetwork;
import dev.konomi.train.network.Whitening;
import dev.konomi.train.network.sequence.SequenceNetwork;
import dev.konomi.train.stage.SequenceDrawing.Drawn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// Training one step at a time, over batches that were drawn beforehand and are used in turn:
/// what a step costs, apart from drawing. The steps are those of the first stage of each head;
/// their rate stays where it is.
public final class SteppedTraining {
    /// A share of the plan's rate: losses fall slowly and stay comparable between implementations.
    private static final double FACTOR = 0.1;

    private final Adam optimizer;
    private final double averaging;
    private final List<Function<Integer, Tensor>> losses;
    private final Function<Integer, Object> drawing;
    private final StepWork work;
    private final @Nullable StepExchange exchange;
    private int done;
    private int drawn;

    private SteppedTraining(
            Adam optimizer,
            double averaging,
            List<Function<Integer, Tensor>> losses,
            Function<Integer, Object> drawing,
            StepWork work,
            @Nullable StepExchange exchange) {
        this.optimizer = optimizer;
        this.averaging = averaging;
        this.losses = losses;
        this.drawing = drawing;
        this.work = work;
        this.exchange = exchange;
    }

    /// @param people whom batches are drawn from
    /// @param batches how many are drawn; at least 1
    /// @return steps of the head in sequence, on one thread
    public static SteppedTraining inSequence(Dataset people, SequencePlan plan, int batches) {
        torch.set_num_threads(1);
        Whitening whitening =
                Whitening.of(people.items(), people.width(), plan.config().dimension());
        var network = new SequenceNetwork(plan.config(), whitening, plan.seeds().initial(), new Device("cpu"));
        Tensor whitened = network.whitened(people.items());
        var pass = new SequencePass(network, whitened, false);
        var drawing = new SequenceDrawing(Crowd.of(people.people()), people.items(), plan);
        Function<Integer, Drawn> draw =
                step -> drawing.draw(step, plan.seeds().step(SequenceTraining.DECODER, step), false);
        List<Drawn> drawn = new ArrayList<>();
        List<Function<Integer, Tensor>> losses = new ArrayList<>();
        double events = 0;
        double tokens = 0;
        double flops = 0;
        for (int i = 0; i < batches; i++) {
            Drawn one = draw.apply(i);
            drawn.add(one);
            losses.add(step -> pass.loss(one, plan));
            events += (double) plan.people() * plan.observations() / batches;
            tokens += (double) one.batch().sequences() * one.batch().length() / batches;
            flops += 3 * network.flops(one.batch(), false) / batches;
        }
        Adam optimizer = SequenceTraining.optimizer(network, plan);
        return new SteppedTraining(
                optimizer,
                0,
                losses,
                draw::apply,
                new StepWork(trained(network.parameters()), events, tokens, flops),
                new StepExchange(network, whitened, drawn, plan, FACTOR));
    }

    /// @param people whom batches are drawn from
    /// @param batches how many are drawn; at least 1
    /// @return steps of the late head's first stage, on one thread
    public static SteppedTraining late(Dataset people, TrainingPlan plan, int batches) {
        torch.set_num_threads(1);
        Whitening whitening =
                Whitening.of(people.items(), people.width(), plan.network().dimension());
        Device device = new Device("cpu");
        var network = new PreferenceNetwork(
                plan.network(), whitening, people.width(), 1, plan.seeds().initial(), device);
        ItemTable items = network.connector().table(people.items(), device);
        var drawing = new Drawing(people.people(), items.meanItem());
        int[] prefixes = StageOne.prefixes(plan);
        Function<Integer, Batch> draw = step -> drawing.draw(
                plan.seeds().step(StageOne.STAGE, step),
                StageOne.PEOPLE,
                StageOne.OBSERVATIONS,
                StageOne.HISTORY,
                prefixes);
        List<Function<Integer, Tensor>> losses = new ArrayList<>();
        double observations = 0;
        double flops = 0;
        for (int i = 0; i < batches; i++) {
            Batch one = draw.apply(i);
            losses.add(step ->
                    StageOne.loss(network, items, one, plan, plan.seeds().step(StageOne.STAGE, step), 0));
            observations += (double) one.people() * one.length() / batches;
            flops += 3 * Forward.flops(network.settings(), one) / batches;
        }
        Adam optimizer = StageOne.optimizer(network, plan);
        return new SteppedTraining(
                optimizer,
                StageOne.AVERAGING,
                losses,
                draw::apply,
                new StepWork(trained(network.parameters()), observations, 2 * observations, flops),
                null);
    }

    private static long trained(Parameters parameters) {
        return parameters.all().stream()
                .map(Parameters.Parameter::tensor)
                .filter(Tensor::requires_grad)
                .mapToLong(Tensor::numel)
                .sum();
    }

    /// Loss, gradients, and the weights' move.
    ///
    /// @return the loss before the move
    public double step() {
        try (var scope = new PointerScope()) {
            Tensor loss = losses.get(done % losses.size()).apply(done);
            Loop.descend(optimizer, loss, done, FACTOR, averaging, Peers.NONE);
            done++;
            return loss.item_float();
        }
    }

    /// Draws another batch and forgets it.
    ///
    /// @return what was drawn
    public Object draw() {
        return drawing.apply(drawn++);
    }

    /// @return what a step does
    public StepWork work() {
        return work;
    }

    /// Writes what another implementation needs to take the same steps from where this one is
    /// before its first.
    ///
    /// @param file in the safetensors format
    /// @throws IllegalStateException when a step was taken already, or this is the late head
    public void write(Path file) {
        if (exchange == null || done > 0) {
            throw new IllegalStateException(
                    done > 0
                            ? "After " + done + " steps the weights have moved: write before the first one."
                            : "Only the head in sequence is written for others.");
        }
        exchange.write(file);
    }
}

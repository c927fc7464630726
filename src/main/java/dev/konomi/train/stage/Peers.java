package dev.konomi.train.stage;

import dev.konomi.train.network.Tensors;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.FileStore;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.nccl.ProcessGroupNCCL;
import org.jspecify.annotations.Nullable;

/// Processes that train one model together. Every process draws the whole batch, which costs next to nothing, computes
/// the loss and the gradients of its share of people, and adds all processes' gradients up: a step is the one that a
/// single process would take, whatever their number. libtorch carries the sums, by Gloo between processors and by NCCL
/// between GPUs.
///
/// A process that dies leaves the others waiting until libtorch's own limit, half an hour; all are started again then
/// and go on from their checkpoints.
public final class Peers implements AutoCloseable {
    /// How the others reach this process; where they are on several machines, its own name.
    private static final String HOST = System.getProperty("konomi.peers.host", "127.0.0.1");

    /// This process alone.
    public static final Peers NONE = new Peers(0, 1, null, null);

    private final int rank;
    private final int count;
    private final @Nullable Store store;
    private final @Nullable Backend group;

    private Peers(int rank, int count, @Nullable Store store, @Nullable Backend group) {
        this.rank = rank;
        this.count = count;
        this.store = store;
        this.group = group;
    }

    /// Waits until all have come.
    ///
    /// @param place where they meet: `file:/folder/name`, a file that is not there yet on a disk that all see, or
    ///     `tcp://host:port`, where the first process is
    /// @param rank this process's number, from 0
    /// @param count how many there are
    /// @param device which the tensors lie on
    /// @throws IllegalArgumentException when the place is neither, or the rank is none of theirs
    public static Peers meet(URI place, int rank, int count, TrainingPlan.Device device) {
        if (rank < 0 || rank >= count) {
            throw new IllegalArgumentException(
                    "A process's rank is 0 to " + (count - 1) + " where there are " + count + ", got " + rank + ".");
        }
        Store store = store(place, rank, count);
        return new Peers(
                rank,
                count,
                store,
                device == TrainingPlan.Device.CPU
                        ? gloo(store, rank, count)
                        : new ProcessGroupNCCL(store, rank, count));
    }

    private static Store store(URI place, int rank, int count) {
        return switch (place.getScheme()) {
            case "file" -> new FileStore(Path.of(place).toString(), count);
            case "tcp" -> {
                TCPStoreOptions options = new TCPStoreOptions();
                options.port((short) place.getPort());
                options.isServer(rank == 0);
                options.numWorkers(new SizeTPointer(1).put(count));
                yield new TCPStore(place.getHost(), options);
            }
            case null, default ->
                throw new IllegalArgumentException(
                        "Processes meet at file:/folder/name or tcp://host:port, not at '" + place + "'.");
        };
    }

    private static Backend gloo(Store store, int rank, int count) {
        ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create();
        options.devices().push_back(ProcessGroupGloo.createDeviceForHostname(HOST));
        options.threads(1);
        return new ProcessGroupGloo(store, rank, count, options);
    }

    int count() {
        return count;
    }

    /// @return this process's share of a batch
    Batch share(Batch whole) {
        return count == 1 ? whole : whole.share(rank, count);
    }

    /// @return what a mean over the share's prefixes is worth in a mean over those of the whole
    Scalar part(Batch share, Batch whole, boolean dense) {
        return Tensors.scalar(
                share == whole ? 1 : (double) share.predicting(dense) / Math.max(1, whole.predicting(dense)));
    }

    /// @return what a term is worth that every process computes
    Scalar part() {
        return Tensors.scalar(1.0 / count);
    }

    /// Replaces what every process holds by the sum over all. They all call it, with tensors of the same shapes.
    void addUp(List<Tensor> tensors) {
        Backend together = group;
        if (together == null) {
            return;
        }
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            TensorVector flat = new TensorVector();
            tensors.forEach(tensor -> flat.push_back(tensor.flatten()));
            Tensor all = torch.cat(flat);
            if (!together.allreduce(new TensorVector(all))._wait()) {
                throw new IllegalStateException("The gradients of " + count + " processes could not be added up.");
            }
            long from = 0;
            for (Tensor tensor : tensors) {
                tensor.copy_(all.narrow(0, from, tensor.numel()).view_as(tensor));
                from += tensor.numel();
            }
        }
    }

    /// @param part of a loss
    /// @return the whole
    double sum(Tensor part) {
        if (group == null) {
            return part.item_float();
        }
        Tensor sum = part.detach().clone();
        addUp(List.of(sum));
        return sum.item_float();
    }

    @Override
    public void close() {
        if (group != null) {
            group.close();
        }
        if (store != null) {
            store.close();
        }
    }
}

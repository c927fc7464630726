package dev.konomi.train;

import dev.konomi.train.export.LateExport;
import dev.konomi.train.export.SequenceExport;
import dev.konomi.train.stage.TrainedModel;
import dev.konomi.train.stage.TrainedSequence;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What training comes to.
///
/// @param late the head that answers
/// @param sequence the head in sequence, where the recipe asks for it
record Heads(TrainedModel late, Optional<TrainedSequence> sequence) {
    /// Writes all graphs.
    ///
    /// @param folder exists
    void write(Path folder) {
        LateExport.write(late, folder);
        sequence.ifPresent(trained -> SequenceExport.write(trained, folder));
    }

    /// @return what was measured on validation people, by name
    SortedMap<String, Double> metrics() {
        SortedMap<String, Double> metrics = new TreeMap<>(late.metrics());
        sequence.ifPresent(trained -> {
            metrics.putAll(trained.metrics());
            metrics.put("sequence.temperature", trained.temperature());
            metrics.put("sequence.parameters", (double) trained.parameterCount());
        });
        return metrics;
    }
}

package dev.konomi.cli.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.konomi.gallery.ChangeOfTaste;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Where finished changes of taste are kept, beside a study's runs:
/// `drift/<variant>-<people>-<world>.json`, accuracies in thousandths.
///
/// @param path of the study, e.g. `docs/study`
record DriftFolder(Path path) {
    /// @return what is kept of this training, if it is of this recipe
    Optional<DriftRun> run(RunKey key, String fingerprint) {
        Path file = file(key);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode json = StudyFolder.read(file);
        String kept = json.path("fingerprint").asText();
        return kept.equals(fingerprint)
                ? Optional.of(new DriftRun(
                        key,
                        kept,
                        recovery(json.path("konomi")),
                        recovery(json.path("withoutTime")),
                        recovery(json.path("idealObserver"))))
                : Optional.empty();
    }

    void write(DriftRun run) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("fingerprint", run.fingerprint());
        json.set("konomi", json(run.konomi()));
        json.set("withoutTime", json(run.withoutTime()));
        json.set("idealObserver", json(run.idealObserver()));
        StudyFolder.write(file(run.key()), json);
    }

    private Path file(RunKey key) {
        return path.resolve("drift").resolve(key.name() + ".json");
    }

    private static ObjectNode json(Recovery recovery) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("before", StudyFolder.thousandths(recovery.before()));
        recovery.after().forEach((events, values) -> json.set("after" + events, StudyFolder.thousandths(values)));
        return json;
    }

    private static Recovery recovery(JsonNode json) {
        SequencedMap<Integer, double[]> after = new LinkedHashMap<>();
        for (int events : ChangeOfTaste.CHOICES_AFTER) {
            after.put(events, StudyFolder.values(json, "after" + events));
        }
        return new Recovery(StudyFolder.values(json, "before"), after);
    }
}

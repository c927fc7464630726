package dev.konomi.cli.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.konomi.cli.study.TokenEdits.Edit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Where finished group runs are kept: `groups/<people>-<seed>.json`, edits as three lists of
/// numbers.
///
/// @param path e.g. `docs/study`
record GroupFolder(Path path) {
    /// @return all runs, by name
    List<GroupRun> runs() {
        return StudyFolder.files(path.resolve("groups")).stream()
                .map(GroupFolder::run)
                .toList();
    }

    Optional<GroupRun> run(RunKey key) {
        Path file = file(key);
        return Files.exists(file) ? Optional.of(run(file)) : Optional.empty();
    }

    void write(GroupRun run) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("people", run.key().people());
        StudyFolder.put(json, run.key().world());
        json.put("fingerprint", run.fingerprint())
                .put("seconds", Math.round(run.seconds()))
                .put("machine", run.machine());
        json.set("figures", StudyFolder.figures(run.figures()));
        ArrayNode people = json.putArray("editPeople");
        ArrayNode carried = json.putArray("editCarried");
        ArrayNode right = json.putArray("editRight");
        for (Edit edit : run.edits().edits()) {
            people.add(edit.people());
            carried.add(edit.carried() ? 1 : 0);
            right.add(edit.right() ? 1 : 0);
        }
        StudyFolder.write(file(run.key()), json);
    }

    private Path file(RunKey key) {
        return path.resolve("groups").resolve(GroupRun.name(key) + ".json");
    }

    private static GroupRun run(Path file) {
        JsonNode json = StudyFolder.read(file);
        SequencedMap<String, Double> figures = StudyFolder.figures(json.path("figures"));
        List<Edit> edits = new ArrayList<>();
        for (int i = 0; i < json.path("editPeople").size(); i++) {
            edits.add(new Edit(
                    json.path("editPeople").path(i).asInt(),
                    json.path("editCarried").path(i).asInt() == 1,
                    json.path("editRight").path(i).asInt() == 1));
        }
        return new GroupRun(
                GroupRun.key(json.path("people").asInt(), StudyFolder.worldKey(json)),
                json.path("fingerprint").asText(),
                json.path("seconds").asDouble(),
                json.path("machine").asText(),
                figures,
                new TokenEdits(edits));
    }
}

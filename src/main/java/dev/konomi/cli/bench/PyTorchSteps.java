package dev.konomi.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.stream.StreamSupport;

/// The same steps in PyTorch, in a process that lives as long as this and steps when it is told
/// to: `scripts/pytorch/sequence_step.py`.
final class PyTorchSteps implements Steps, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;
    private final String version;

    /// @param python an interpreter that has torch
    /// @param script the reference
    /// @param exchange weights and batches
    /// @throws IllegalArgumentException when the interpreter does not start or has no torch
    PyTorchSteps(Path python, Path script, Path exchange) {
        try {
            process = new ProcessBuilder(python.toString(), script.toString(), exchange.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new IllegalArgumentException("The interpreter " + python + " does not start: " + e.getMessage(), e);
        }
        answers = process.inputReader();
        orders = process.outputWriter();
        version = answer().path("torch").asText();
    }

    /// @return PyTorch's
    String version() {
        return version;
    }

    @Override
    public StepTimes take(int count) {
        try {
            orders.write(count + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("PyTorch's process has gone.", e);
        }
        JsonNode steps = answer();
        return new StepTimes(
                StreamSupport.stream(steps.path("losses").spliterator(), false)
                        .mapToDouble(JsonNode::asDouble)
                        .toArray(),
                nanos(steps.path("wall")),
                nanos(steps.path("cpu")));
    }

    private static long[] nanos(JsonNode steps) {
        return StreamSupport.stream(steps.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }

    private JsonNode answer() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalArgumentException(
                        "PyTorch's process ended; its message stands above. It needs torch and numpy: pip install torch numpy.");
            }
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("PyTorch's process cannot be read.", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}

package dev.konomi.taste;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.konomi.item.OnnxRuntime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// A model's graphs in ONNX Runtime, opened and closed together. Closing waits for calls that are
/// running; calls after it fail.
final class Graphs implements AutoCloseable {
    private final String owner;
    private final Map<String, OrtSession> sessions = new LinkedHashMap<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private Graphs(String owner) {
        this.owner = owner;
    }

    /// Work with open graphs.
    @FunctionalInterface
    interface Run<T> {
        /// @return what came out
        /// @throws OrtException when a graph fails
        T get() throws OrtException;
    }

    /// Makes a model of its graphs, which it closes.
    @FunctionalInterface
    interface Reader<M> {
        /// @return the model
        /// @throws OrtException when the graphs do not tell what the model needs
        M read(Graphs graphs) throws OrtException;
    }

    /// @param owner whose graphs, for messages
    /// @param graphs ONNX files by role, outside Java's heap
    /// @param threads that one call may use; several calls may run at once
    /// @param arena whether memory of one call is kept for the next
    /// @param reader makes the model; when it throws, the graphs are closed
    /// @return the model
    /// @throws IllegalArgumentException when a graph cannot be loaded
    static <M> M load(String owner, Map<String, ByteBuffer> graphs, int threads, boolean arena, Reader<M> reader) {
        if (threads < 1) {
            throw new IllegalArgumentException("A model needs one thread or more, got " + threads + ".");
        }
        Graphs opened = new Graphs(owner);
        try (var options = OnnxRuntime.options(threads)) {
            // Histories and requests have any size: memory planned for one is of no use to the next.
            options.setMemoryPatternOptimization(false);
            options.setCPUArenaAllocator(arena);
            for (Map.Entry<String, ByteBuffer> graph : graphs.entrySet()) {
                opened.sessions.put(graph.getKey(), OnnxRuntime.environment().createSession(graph.getValue(), options));
            }
            return reader.read(opened);
        } catch (OrtException e) {
            opened.close();
            throw new IllegalArgumentException(
                    "The graphs of " + owner + " cannot be loaded: " + e.getMessage()
                            + " Roll back to an earlier release or train again.",
                    e);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /// @param role of one of the graphs
    /// @return its session, closed with this
    OrtSession session(String role) {
        OrtSession session = sessions.get(role);
        if (session == null) {
            throw new IllegalArgumentException("There is no graph '" + role + "', only " + sessions.keySet() + ".");
        }
        return session;
    }

    /// @param role of one of the graphs
    /// @param input name of one of its inputs
    /// @return the input's shape, −1 where it is open
    /// @throws IllegalArgumentException when the graph takes no such tensor
    long[] shape(String role, String input) throws OrtException {
        OrtSession session = session(role);
        var node = session.getInputInfo().get(input);
        if (node == null || !(node.getInfo() instanceof TensorInfo info)) {
            throw new IllegalArgumentException("The " + role + " graph of " + owner + " takes no tensor '" + input
                    + "', only " + session.getInputNames() + ": it belongs to another version; train again.");
        }
        return info.getShape();
    }

    /// @param run runs graphs
    /// @return what came out
    /// @throws IllegalStateException when the graphs are closed or one fails
    <T> T whileOpen(Run<T> run) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("The model of " + owner + " is closed: ask the live release's.");
            }
            return run.get();
        } catch (OrtException e) {
            throw new IllegalStateException("A graph of " + owner + " failed: " + e.getMessage(), e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// @param result of a run
    /// @param name of an output
    /// @return the output's values, for as long as the result is open
    FloatBuffer output(OrtSession.Result result, String name) {
        if (result.get(name).orElse(null) instanceof OnnxTensor tensor) {
            return tensor.getFloatBuffer();
        }
        throw new IllegalStateException("A graph of " + owner + " gives no tensor '" + name + "': train again.");
    }

    /// @param file an ONNX file
    /// @return the same outside Java's heap
    static ByteBuffer outsideTheHeap(byte[] file) {
        return ByteBuffer.allocateDirect(file.length).put(file).flip();
    }

    /// @return zeros outside the heap, as ONNX Runtime reads them without a copy
    static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(4 * count)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                for (OrtSession session : sessions.values()) {
                    session.close();
                }
            }
        } catch (OrtException e) {
            throw new IllegalStateException("A graph of " + owner + " could not be closed: " + e.getMessage(), e);
        } finally {
            lock.writeLock().unlock();
        }
    }
}

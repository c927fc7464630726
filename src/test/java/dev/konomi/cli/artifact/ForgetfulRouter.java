package dev.konomi.cli.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Stands between a process and a server as routers in a cloud do: after a while it forgets connections, and then
/// neither side hears of the other, not even that there is nothing to hear any more.
final class ForgetfulRouter implements AutoCloseable {
    private final ServerSocket door;
    private final int server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile int age;

    /// @param server port on this machine
    ForgetfulRouter(int server) {
        this.server = server;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /// Forgets every connection there is; new ones are carried.
    void forget() {
        age++;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), server);
                int born = age;
                threads.execute(() -> carry(near, far, born));
                threads.execute(() -> carry(far, near, born));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void carry(Socket from, Socket to, int born) {
        byte[] buffer = new byte[1 << 14];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (age == born) {
                    out.write(buffer, 0, read);
                }
            }
            if (age == born) {
                to.close();
            }
        } catch (IOException ended) {
            // One side is gone; the other one's thread ends with it or with the test.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}

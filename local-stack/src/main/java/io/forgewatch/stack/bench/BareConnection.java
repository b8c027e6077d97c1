package io.forgewatch.stack.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept HTTP/1.1 connection, as bare as can be: what asks shares the processor with what it measures. */
final class BareConnection implements AutoCloseable {

    private static final int MOST_WAIT_MILLIS = 30_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;

    /** An answer. */
    record Answer(int status, String body) {

        /** What the door says it accepted. */
        int accepted() {
            return status == 202 ? number("\"accepted\":") : 0;
        }

        private int number(String before) {
            int from = body.indexOf(before) + before.length();
            int to = from;
            while (to < body.length() && Character.isDigit(body.charAt(to))) {
                to++;
            }
            return Integer.parseInt(body.substring(from, to));
        }
    }

    BareConnection(URI server) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(MOST_WAIT_MILLIS);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), 5_000);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    Answer send(byte[] request) throws IOException {
        out.write(request);
        out.flush();
        String status = line();
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
        }
        byte[] body = in.readNBytes(length);
        return new Answer(Integer.parseInt(status.split(" ")[1]), new String(body, StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The server hung up");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

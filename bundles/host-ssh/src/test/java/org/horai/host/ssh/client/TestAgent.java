package org.horai.host.ssh.client;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.agent.common.AbstractAgentClient;
import org.apache.sshd.agent.local.AgentImpl;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** MINA's agent behind a socket of the file system. */
final class TestAgent implements AutoCloseable {
  private final AgentImpl keys = new AgentImpl();
  private final ServerSocketChannel server;

  /** First bytes of the questions, in order. */
  final List<Byte> questions = new CopyOnWriteArrayList<>();

  TestAgent(Path socket) throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread thread = new Thread(this::serve, "test-agent");
    thread.setDaemon(true);
    thread.start();
  }

  void add(KeyPair pair) throws IOException {
    keys.addIdentity(pair, "test");
  }

  private void serve() {
    try {
      while (true) {
        try (SocketChannel channel = server.accept()) {
          answer(channel);
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void answer(SocketChannel channel) throws IOException {
    DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
    OutputStream out = Channels.newOutputStream(channel);
    byte[] question = in.readNBytes(in.readInt());
    questions.add(question[0]);
    Buffer framed = new ByteArrayBuffer();
    framed.putBytes(question);
    new AbstractAgentClient(keys) {
      @Override
      protected void reply(Buffer buffer) throws IOException {
        out.write(buffer.array(), buffer.rpos(), buffer.available());
        out.flush();
      }
    }.messageReceived(framed);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

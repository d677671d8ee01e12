import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.kex.Curve25519SHA256;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;

/**
 * The least that Java and SSHJ need for what bare ssh does: a thread, a connection and a plain
 * script for each host, and nothing else. {@code java Floor FOLDER-OF-HOSTS}
 */
final class Floor {
  private final Path folder;
  private final DefaultConfig config = new DefaultConfig();

  private Floor(Path folder) {
    this.folder = folder;
    config.setKeyExchangeFactories(List.of(new Curve25519SHA256.Factory()));
  }

  public static void main(String[] args) throws Exception {
    SecurityUtils.setRegisterBouncyCastle(false);
    Floor floor = new Floor(Path.of(args[0]));
    List<Thread> threads = new ArrayList<>();
    int number = 0;
    for (String address : Files.readAllLines(floor.folder.resolve("addresses"))) {
      Path script = floor.folder.resolve("h" + ++number + "/role.sh");
      threads.add(new Thread(() -> floor.run(address, script)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void run(String address, Path script) {
    try (SSHClient client = new SSHClient(config)) {
      client.addHostKeyVerifier(
          new OpenSSHKnownHosts(folder.resolve("known_hosts").toFile()));
      client.connect(address);
      client.getSocket().setTcpNoDelay(true);
      client.authPublickey("root", client.loadKeys(folder.resolve("key").toString()));
      try (Session session = client.startSession()) {
        Session.Command shell = session.exec("sh -s");
        try (OutputStream in = shell.getOutputStream()) {
          in.write(Files.readAllBytes(script));
        }
        shell.getInputStream().readAllBytes();
        shell.join();
        if (shell.getExitStatus() != 0) {
          throw new IOException("exit code " + shell.getExitStatus());
        }
      }
    } catch (IOException e) {
      System.err.println(address + ": " + e);
      System.exit(1);
    }
  }
}

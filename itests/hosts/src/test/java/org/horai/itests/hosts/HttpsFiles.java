package org.horai.itests.hosts;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Serves one file over HTTPS with a certificate of its own. */
final class HttpsFiles implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final HttpsServer server;
  private final KeyStore keys = KeyStore.getInstance("PKCS12");

  HttpsFiles(Path folder, String address, byte[] content) throws Exception {
    Path store = folder.resolve("keys.p12");
    Ran made =
        Ran.of(
            List.of(
                (Path.of(System.getProperty("java.home"), "bin", "keytool")
                        + " -genkeypair -alias k -keyalg EC -dname CN=files -ext san=ip:"
                        + address
                        + " -storetype PKCS12 -storepass "
                        + PASSWORD
                        + " -keystore "
                        + store)
                    .split(" ")));
    if (made.code() != 0) {
      throw new IllegalStateException(made.out() + made.err());
    }
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(address, 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/file",
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
    server.start();
  }

  String url() {
    InetSocketAddress at = server.getAddress();
    return "https://" + at.getAddress().getHostAddress() + ":" + at.getPort() + "/file";
  }

  String certificate() throws Exception {
    byte[] der = keys.getCertificate("k").getEncoded();
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END CERTIFICATE-----\n";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

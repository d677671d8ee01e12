package org.horai.provider;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** Makes jars of providers, good and bad ones, and the keys that sign them. */
final class Jars {
  static final String PASSWORD = "secret-of-the-keystore";
  private static final String IMPORTS =
      "org.osgi.framework,org.horai.api.network,org.horai.api.host,org.horai.api.deployer";

  private final Path folder;

  Jars(Path folder) {
    this.folder = folder;
  }

  /** A bundle; headers that are empty are left out. */
  Path bundle(String name, String version, Map<String, String> more) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Manifest-Version", "1.0");
    headers.put("Bundle-ManifestVersion", "2");
    headers.put("Bundle-SymbolicName", name);
    headers.put("Bundle-Version", version);
    headers.put("Bundle-Activator", Stranger.class.getName());
    headers.put("Import-Package", IMPORTS);
    headers.putAll(more);
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    headers.forEach(
        (key, value) -> {
          if (!value.isEmpty()) {
            attributes.putValue(key, value);
          }
        });
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String entry = Stranger.class.getName().replace('.', '/') + ".class";
    try (InputStream code = Stranger.class.getClassLoader().getResourceAsStream(entry);
        JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      jar.putNextEntry(new JarEntry(entry));
      code.transferTo(jar);
      jar.putNextEntry(new JarEntry("readme.txt"));
      jar.write("hello".getBytes());
    }
    return Files.write(folder.resolve(name + "-" + version + ".jar"), bytes.toByteArray());
  }

  static Map<String, String> importing(String what) {
    return Map.of("Import-Package", IMPORTS + "," + what);
  }

  /** Makes a key with a certificate. */
  void key(String alias, String... options) throws IOException, InterruptedException {
    keytool(
        List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + alias), options);
  }

  /** Lets one key issue the certificate of another. */
  void issue(String issuer, String alias) throws IOException, InterruptedException {
    Path request = folder.resolve(alias + ".csr");
    Path certificate = folder.resolve(alias + ".crt");
    keytool(List.of("-certreq", "-alias", alias, "-file", request.toString()));
    keytool(
        List.of("-gencert", "-alias", issuer, "-infile", request.toString()),
        "-outfile",
        certificate.toString());
    keytool(List.of("-importcert", "-alias", alias, "-noprompt"), "-file", certificate.toString());
  }

  private void keytool(List<String> words, String... more)
      throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(words);
    command.addAll(List.of(more));
    command.addAll(List.of("-keystore", keys().toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
  }

  private Path keys() {
    return folder.resolve("keys.p12");
  }

  private KeyStore opened() throws GeneralSecurityException, IOException {
    return KeyStore.getInstance(keys().toFile(), PASSWORD.toCharArray());
  }

  /** A keystore with the certificates of these keys. */
  Path trust(String... aliases) throws GeneralSecurityException, IOException {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    for (String alias : aliases) {
      trust.setCertificateEntry(alias, opened().getCertificate(alias));
    }
    Path file = folder.resolve(String.join("-", aliases) + "-trust.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      trust.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  Path signed(Path jar, String alias) throws GeneralSecurityException, IOException {
    var entry =
        (KeyStore.PrivateKeyEntry)
            opened().getEntry(alias, new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
    Path signed = folder.resolve(alias + "-" + jar.getFileName());
    try (ZipFile in = new ZipFile(jar.toFile());
        OutputStream out = Files.newOutputStream(signed)) {
      new JarSigner.Builder(entry).build().sign(in, out);
    }
    return signed;
  }

  /** The same jar with another content of an entry; null takes it away, a new name adds it. */
  Path with(Path jar, String name, String content) throws IOException {
    Path changed = folder.resolve("changed-" + jar.getFileName());
    try (ZipFile in = new ZipFile(jar.toFile());
        var out = new java.util.zip.ZipOutputStream(Files.newOutputStream(changed))) {
      for (var entry : java.util.Collections.list(in.entries())) {
        if (!entry.getName().equals(name)) {
          out.putNextEntry(new java.util.zip.ZipEntry(entry.getName()));
          in.getInputStream(entry).transferTo(out);
        }
      }
      if (content != null) {
        out.putNextEntry(new java.util.zip.ZipEntry(name));
        out.write(content.getBytes());
      }
    }
    return changed;
  }
}

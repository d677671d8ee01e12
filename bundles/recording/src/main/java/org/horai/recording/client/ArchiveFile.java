package org.horai.recording.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.recording.model.ApiJson;
import org.horai.recording.model.Archive;
import org.horai.recording.model.Exchange;
import org.horai.recording.model.Form;
import org.horai.recording.model.Manifest;
import org.horai.recording.model.Masker;
import org.horai.recording.model.RecordingErrors;

/** Archives as ZIP files: a file of JSON for each exchange, by kind and place. */
public final class ArchiveFile {
  private static final String MANIFEST = "manifest.json";
  private static final int MAX_ENTRIES = 200_000;
  private static final long MAX_BYTES = 512L << 20;

  private final ApiJson json;

  public ArchiveFile(ApiJson json) {
    this.json = json;
  }

  /** Writes everything masked. */
  void write(Archive archive, Masker masker, OutputStream to) throws IOException {
    FileTime time = FileTime.from(Instant.parse(archive.manifest().recorded()));
    try (ZipOutputStream zip = new ZipOutputStream(to)) {
      put(zip, time, MANIFEST, json.pretty(masker.tree(json.data(archive.manifest()))));
      for (ClusterSpec cluster : archive.clusters()) {
        String name = "clusters/" + plain(cluster.name()) + ".json";
        put(zip, time, name, json.pretty(masker.tree(json.data(cluster))));
      }
      for (Map.Entry<String, String> text : new TreeMap<>(archive.texts()).entrySet()) {
        put(zip, time, text.getKey(), masker.text(text.getValue()));
      }
      for (Exchange exchange : archive.exchanges()) {
        Exchange masked = exchange.masked(masker);
        Bodies.Split split = Bodies.split(masked, name(masked));
        put(zip, time, name(masked), json.pretty(split.exchange()));
        for (Map.Entry<String, String> body : split.files().entrySet()) {
          put(zip, time, body.getKey(), body.getValue());
        }
      }
    }
  }

  private static String name(Exchange exchange) {
    String place = exchange.question().place();
    return exchange.question().kind()
        + "/"
        + (place.isEmpty() ? "" : plain(place) + "/")
        + String.format("%04d.json", exchange.number());
  }

  /** A name that is a file name everywhere. */
  static String plain(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
    return plain.startsWith(".") ? "_" + plain : plain;
  }

  private static void put(ZipOutputStream zip, FileTime time, String name, String text)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setLastModifiedTime(time);
    zip.putNextEntry(entry);
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  /**
   * Reads an archive.
   *
   * @throws HoraiException NOT_FOUND, or REC-003 when it is no whole recording of a known format
   */
  Archive read(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Map<String, String> texts = texts(zip, file);
      Manifest manifest = manifest(texts.remove(MANIFEST), file);
      List<ClusterSpec> clusters = clusters(manifest, texts);
      List<Exchange> exchanges = new ArrayList<>();
      for (Map.Entry<String, String> text : texts.entrySet()) {
        if (text.getKey().matches("(http|hosts|zk|local)/.*[0-9]\\.json")) {
          exchanges.add(Bodies.joined(json.read(text.getValue(), Exchange.class), texts));
        }
      }
      if (exchanges.size() != manifest.exchanges()) {
        throw broken(
            file, exchanges.size() + " of " + manifest.exchanges() + " exchanges are there");
      }
      exchanges.sort(Comparator.comparingInt(Exchange::number));
      return new Archive(manifest, clusters, exchanges, texts);
    } catch (NoSuchFileException e) {
      throw new HoraiException(
          CommonErrors.NOT_FOUND, "there is no recording " + file, "ls " + file);
    } catch (IOException | IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw broken(file, "it cannot be read: " + reason);
    }
  }

  private Map<String, String> texts(ZipFile zip, Path file) throws IOException {
    if (zip.size() > MAX_ENTRIES) {
      throw broken(file, "it has " + zip.size() + " entries");
    }
    if (zip.getEntry(MANIFEST) == null) {
      throw broken(file, "it is a ZIP file without " + MANIFEST);
    }
    Map<String, String> texts = new TreeMap<>();
    long left = MAX_BYTES;
    for (ZipEntry entry : zip.stream().toList()) {
      try (InputStream in = zip.getInputStream(entry)) {
        byte[] content = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, left + 1));
        left -= content.length;
        if (left < 0) {
          throw broken(file, "it holds more than " + (MAX_BYTES >> 20) + " MiB");
        }
        texts.put(entry.getName(), new String(content, StandardCharsets.UTF_8));
      }
    }
    return texts;
  }

  private Manifest manifest(String text, Path file) throws IOException {
    if (!(json.read(text, Object.class) instanceof Map<?, ?> head)
        || !Manifest.FORMAT.equals(head.get("format"))
        || !(head.get("version") instanceof Integer version)) {
      throw broken(file, "its " + MANIFEST + " is not of a recording");
    }
    if (version > Manifest.VERSION) {
      throw broken(
          file,
          "it was written by Horai "
              + head.get("horai")
              + " in format "
              + version
              + "; this one knows "
              + Manifest.VERSION);
    }
    return json.read(text, Manifest.class);
  }

  private List<ClusterSpec> clusters(Manifest manifest, Map<String, String> texts)
      throws IOException {
    Form<ClusterSpec> form = json.form(new TypeReference<ClusterSpec>() {});
    List<ClusterSpec> clusters = new ArrayList<>();
    for (String name : manifest.clusters()) {
      String text =
          Optional.ofNullable(texts.get("clusters/" + plain(name) + ".json"))
              .orElseThrow(() -> new IOException("cluster " + name + " is missing"));
      clusters.add(form.read().apply(json.read(text, Object.class)));
    }
    return clusters;
  }

  private static HoraiException broken(Path file, String why) {
    return new HoraiException(
        RecordingErrors.NOT_A_RECORDING,
        file + " is not a whole recording",
        why,
        Files.exists(file) ? "compare it with the original; --record FILE.zip makes one" : "");
  }
}

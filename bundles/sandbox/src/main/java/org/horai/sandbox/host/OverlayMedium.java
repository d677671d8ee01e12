package org.horai.sandbox.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What the hosts of one sandbox share: a directory in which every running router publishes itself,
 * and the cuts between hosts. Thread-safe.
 */
public final class OverlayMedium {

  private final Path directory;
  private final Set<String> hosts = new LinkedHashSet<>();
  private final Set<String> cuts = new LinkedHashSet<>();

  /**
   * @param directory made when missing; cuts of an earlier run are forgotten
   */
  public OverlayMedium(Path directory) throws IOException {
    this.directory = Objects.requireNonNull(directory, "directory").toAbsolutePath();
    Files.createDirectories(directory.resolve("peers"));
    Files.createDirectories(directory.resolve("rings"));
    Files.createDirectories(directory.resolve("segments"));
    write("hosts", hosts);
    write("cuts", cuts);
  }

  Path directory() {
    return directory;
  }

  synchronized void join(String address) {
    hosts.add(address);
    write("hosts", hosts);
  }

  /** Takes a host off the network: none of the others reaches it. */
  public synchronized void cut(String address) {
    cuts.add(address);
    write("cuts", cuts);
  }

  /** Cuts the link between two hosts; the overlay relays through a third one when it can. */
  public synchronized void cut(String address, String other) {
    cuts.add(address + " " + other);
    write("cuts", cuts);
  }

  /** Puts a host back, and all links of it. */
  public synchronized void heal(String address) {
    cuts.removeIf(cut -> List.of(cut.split(" ")).contains(address));
    write("cuts", cuts);
  }

  /** Whether the underlying network takes packets from one host to the other. */
  public synchronized boolean connects(String address, String other) {
    return !cuts.contains(address)
        && !cuts.contains(other)
        && !cuts.contains(address + " " + other)
        && !cuts.contains(other + " " + address);
  }

  /**
   * Whether a process of the host itself reaches an overlay address. With Weave: its router runs,
   * it has exposed itself in a subnet that holds the address, and the mesh joins it to the address'
   * host. On a segment: it has an address of the same network, and the two hosts send to each
   * other.
   */
  public boolean hostReaches(SimHost from, String overlayAddress) {
    if (segments().hostReaches(from.address(), overlayAddress)) {
      return true;
    }
    boolean exposed =
        from.exposedAddresses().stream()
            .anyMatch(cidr -> Cidr.parse(cidr).contains(overlayAddress));
    return exposed && containerReaches(from, overlayAddress);
  }

  /** Whether a container on the host reaches an overlay address: the mesh joins the two hosts. */
  public boolean containerReaches(SimHost from, String overlayAddress) {
    MeshView mesh = view();
    return mesh.ownerOf(directory, from.address(), overlayAddress)
        .map(owner -> mesh.joined(from.address(), owner))
        .orElse(false);
  }

  /**
   * Whether a container with an address of its own on some overlay reaches an address of the same
   * overlay.
   *
   * @param own the container's address there
   */
  public boolean containerReaches(SimHost from, String own, String overlayAddress) {
    return segments().containerReaches(from.address(), own, overlayAddress)
        || containerReaches(from, own) && containerReaches(from, overlayAddress);
  }

  private Segments segments() {
    return Segments.read(directory.resolve("segments"), this::connects);
  }

  /** Takes a host's part of everything away; it does not run any more. */
  void forget(String address) {
    try {
      Files.deleteIfExists(directory.resolve("peers").resolve(address));
      Files.deleteIfExists(directory.resolve("gossip").resolve(address));
      try (var segments = Files.list(directory.resolve("segments"))) {
        for (Path segment : segments.toList()) {
          Files.deleteIfExists(segment.resolve(address));
        }
      }
    } catch (IOException e) {
      // a peer that is never heard of again
    }
  }

  MeshView view() {
    try (var files = Files.list(directory.resolve("peers"))) {
      List<Path> published = new ArrayList<>(files.toList());
      return MeshView.read(published, this::connects);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the overlay's directory", e);
    }
  }

  private void write(String name, Set<String> lines) {
    try {
      Path next = directory.resolve(name + ".next");
      String text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
      Files.writeString(next, text, StandardCharsets.UTF_8);
      Files.move(next, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + name + " of the overlay", e);
    }
  }
}

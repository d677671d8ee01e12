package org.horai.core.plan.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.horai.api.plan.Plan;
import org.horai.api.plan.Report;
import org.horai.core.plan.model.JournalEntry;
import org.horai.core.plan.model.PlanJson;
import org.horai.core.plan.model.SavedPlan;

/**
 * The folder of one run: plan.json, journal.jsonl (a line is on disk before the run goes on), and
 * report.json once the run has ended.
 */
public final class RunFolder {
  private final Path folder;
  private final PlanJson json;

  RunFolder(Path folder, PlanJson json) {
    this.folder = folder;
    this.json = json;
  }

  public String id() {
    return folder.getFileName().toString();
  }

  /** The plan, or empty when the folder is not one of a run. */
  public Optional<Plan> plan() {
    try {
      return Optional.of(SavedPlan.read(Files.readString(folder.resolve("plan.json")), json));
    } catch (IOException | SavedPlan.NotAPlan e) {
      return Optional.empty();
    }
  }

  void savePlan(Plan plan) throws IOException {
    AtomicFile.write(folder.resolve("plan.json"), json.pretty(SavedPlan.of(plan)));
  }

  public Instant created() {
    try {
      return Files.getLastModifiedTime(folder.resolve("plan.json")).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }

  /** All whole lines; torn ones, left by a crash, tell nothing. */
  public List<JournalEntry> journal() {
    List<JournalEntry> entries = new ArrayList<>();
    try {
      byte[] bytes = Files.readAllBytes(journalFile().toPath());
      for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
        try {
          entries.add(json.read(line, JournalEntry.class));
        } catch (JsonProcessingException e) {
          continue;
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return entries;
  }

  private File journalFile() {
    return folder.resolve("journal.jsonl").toFile();
  }

  /** Opens the journal for appending, after a torn line on a new one. */
  Journal openJournal() throws IOException {
    File file = journalFile();
    boolean torn = false;
    if (file.length() > 0) {
      try (RandomAccessFile end = new RandomAccessFile(file, "r")) {
        end.seek(file.length() - 1);
        torn = end.read() != '\n';
      }
    }
    FileOutputStream out = new FileOutputStream(file, true);
    if (torn) {
      out.write('\n');
    }
    return new Journal(out);
  }

  public Optional<Report> report() {
    try {
      return Optional.of(json.read(Files.readString(folder.resolve("report.json")), Report.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void saveReport(Report report) throws IOException {
    AtomicFile.write(folder.resolve("report.json"), json.pretty(report));
  }

  void dropReport() throws IOException {
    Files.deleteIfExists(folder.resolve("report.json"));
  }

  /** Marks the run as running for as long as this program lives and the handle is open. */
  Optional<AutoCloseable> claim() throws IOException {
    RandomAccessFile file = new RandomAccessFile(folder.resolve("running").toFile(), "rw");
    try {
      FileLock lock = file.getChannel().tryLock();
      if (lock != null) {
        return Optional.of(file);
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very program.
    }
    file.close();
    return Optional.empty();
  }

  /** True if another program is running it. Never ask for a run of this program. */
  boolean claimed() {
    if (!Files.exists(folder.resolve("running"))) {
      return false;
    }
    try {
      Optional<AutoCloseable> claim = claim();
      if (claim.isPresent()) {
        claim.get().close();
      }
      return claim.isEmpty();
    } catch (Exception e) {
      return false;
    }
  }

  /**
   * An open journal. Thread-safe; lines after the end are dropped. A line is on the disk when it is
   * appended; those of steps that begin or end together are brought there together.
   */
  final class Journal implements AutoCloseable {
    private final FileOutputStream out;
    private final ReentrantLock disk = new ReentrantLock();
    private long written; // guarded by this
    private long kept; // guarded by disk
    private boolean closed; // guarded by this

    private Journal(FileOutputStream out) {
      this.out = out;
    }

    void append(JournalEntry entry) {
      byte[] line = (json.line(entry) + "\n").getBytes(StandardCharsets.UTF_8);
      try {
        keep(write(line));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the journal " + journalFile(), e);
      }
    }

    private synchronized long write(byte[] line) throws IOException {
      if (closed) {
        return 0;
      }
      out.write(line);
      return ++written;
    }

    private synchronized long written() {
      return written;
    }

    private void keep(long line) throws IOException {
      disk.lock();
      try {
        if (line > kept) {
          long all = written();
          out.getFD().sync();
          kept = all;
        }
      } finally {
        disk.unlock();
      }
    }

    @Override
    public void close() throws IOException {
      disk.lock();
      try {
        synchronized (this) {
          closed = true;
        }
        keep(written());
        out.close();
      } finally {
        disk.unlock();
      }
    }
  }
}

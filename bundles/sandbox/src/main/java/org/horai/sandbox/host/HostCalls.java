package org.horai.sandbox.host;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.horai.sandbox.net.SimThreads;

/**
 * Hears the stand-in tools: each call is a line in a named pipe, its answer a file with the exit
 * code.
 */
final class HostCalls implements AutoCloseable {

  /** Decides about one call. */
  interface Listener {

    /** Returns the exit code of a call, e.g. {@code [unit, start, mesos-slave]}. */
    int call(List<String> words);
  }

  private static final String END = "0 end\n";

  private final Path directory;
  private final Path pipe;
  private final Listener listener;
  private final SimThreads threads;

  HostCalls(Path directory, SimThreads threads, Listener listener) throws IOException {
    this.directory = directory;
    this.pipe = directory.resolve("calls");
    this.listener = listener;
    this.threads = threads;
    Files.deleteIfExists(pipe);
    Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
    try {
      if (mkfifo.waitFor() != 0) {
        throw new IOException("cannot make the pipe " + pipe);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while making " + pipe, e);
    }
    RandomAccessFile opened = new RandomAccessFile(pipe.toFile(), "rw");
    threads.newThread(() -> listen(opened)).start();
  }

  private void listen(RandomAccessFile opened) {
    try (opened) {
      while (true) {
        String line = opened.readLine();
        if (line == null || line.equals(END.strip())) {
          return;
        }
        List<String> words = Arrays.asList(line.split(" "));
        threads.newThread(() -> answer(words)).start();
      }
    } catch (IOException e) {
      // without its pipe the host's tools go on as if nobody listened
    }
  }

  private void answer(List<String> words) {
    int code = listener.call(words.subList(1, words.size()));
    try {
      Path reply = directory.resolve("reply." + words.get(0));
      Path next = directory.resolve("reply." + words.get(0) + ".next");
      Files.writeString(next, code + "\n", StandardCharsets.US_ASCII);
      Files.move(next, reply, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // the tool waits its thirty seconds out and fails
    }
  }

  @Override
  public void close() {
    try (FileOutputStream end = new FileOutputStream(pipe.toFile(), true)) {
      end.write(END.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // the listener is already gone
    }
    try {
      Files.deleteIfExists(pipe);
    } catch (IOException e) {
      // the pipe goes with the host's directory
    }
  }
}

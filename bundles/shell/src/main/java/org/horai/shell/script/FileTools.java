package org.horai.shell.script;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.gogo.jline.Posix;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Job;
import org.apache.felix.service.command.Process;

/** Gogo's tools for text and files; they say what is wrong with a file as other shells do. */
final class FileTools extends Posix {
  private static final Pattern QUIET = Pattern.compile("-[a-zA-Z]*q[a-zA-Z]*|--quiet|--silent");
  private static final Pattern FILE_AND_WHY = Pattern.compile("(.*) \\((.*)\\)");
  private static final String MISSING = "no such file";

  FileTools(CommandProcessor processor) {
    super(processor);
  }

  @Override
  protected Object run(CommandSession session, Process process, String[] words) throws Exception {
    boolean quiet =
        words[0].equals("grep") && Arrays.stream(words).anyMatch(QUIET.asMatchPredicate());
    try {
      return super.run(session, quiet ? new Quiet(process) : process, words);
    } catch (IOException e) {
      return failed(process, words[0], why(e));
    } catch (NullPointerException e) {
      String missing = missing(session, words).orElseThrow(() -> e);
      return failed(process, words[0], missing + ": " + MISSING);
    }
  }

  private static Object failed(Process process, String tool, String why) {
    process.err().println(tool + ": " + why);
    process.error(1);
    return null;
  }

  private static String why(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof NoSuchFileException) {
      return message + ": " + MISSING;
    }
    if (failure instanceof AccessDeniedException) {
      return message + ": permission denied";
    }
    Matcher named = FILE_AND_WHY.matcher(message);
    if (failure instanceof FileNotFoundException && named.matches()) {
      String why = named.group(2).toLowerCase(Locale.ROOT);
      return named.group(1) + ": " + (why.startsWith(MISSING) ? MISSING : why);
    }
    return message;
  }

  /** Gogo's {@code tail} does not look whether its file is there. */
  private static Optional<String> missing(CommandSession session, String[] words) {
    return List.of(words).subList(1, words.length).stream()
        .filter(word -> !word.startsWith("-"))
        .filter(word -> Files.notExists(session.currentDir().resolve(word)))
        .findFirst();
  }

  /** A process that says nothing where another would print. */
  private record Quiet(Process process) implements Process {
    @Override
    public InputStream in() {
      return process.in();
    }

    @Override
    public PrintStream out() {
      return new PrintStream(OutputStream.nullOutputStream());
    }

    @Override
    public PrintStream err() {
      return process.err();
    }

    @Override
    public Job job() {
      return process.job();
    }

    @Override
    public boolean isTty(int stream) {
      return stream != 1 && process.isTty(stream);
    }

    @Override
    public void error(int code) {
      process.error(code);
    }
  }
}

package org.horai.launcher.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A program for tests: its arguments say what to print; a number is the exit code. */
public final class EchoProgram implements BundleActivator {
  private BundleContext context;

  @Override
  public void start(BundleContext context) {
    this.context = context;
    System.out.println("noise on stdout");
    System.err.println("noise on stderr");
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("horai.role", "main");
    ToIntFunction<Map<String, Object>> program = this::run;
    context.registerService(ToIntFunction.class, program, properties);
  }

  @Override
  public void stop(BundleContext context) throws IOException {
    Files.writeString(Path.of(context.getProperty("horai.state"), "stopped"), "yes");
  }

  private int run(Map<String, Object> call) {
    PrintStream out = (PrintStream) call.get("out");
    for (String argument : (String[]) call.get("args")) {
      switch (argument) {
        case "in" -> out.println("read " + read((InputStream) call.get("in")));
        case "err" -> ((PrintStream) call.get("err")).println("on stderr");
        case "folders" -> out.println(call.get("home") + " " + call.get("state"));
        case "properties" -> out.println(property("horai.home") + " " + property("horai.state"));
        case "installed" -> out.println(context.getBundle().getLastModified());
        case "storage" -> out.println(property("org.osgi.framework.storage"));
        case "version" -> out.println(context.getBundle().getVersion());
        case "-c" -> out.println("command");
        case "fail" -> throw new IllegalArgumentException("no such thing");
        default -> {
          if (argument.startsWith("help;")) {
            System.out.println("asked for help");
            return 0;
          }
          return Integer.parseInt(argument);
        }
      }
    }
    return 0;
  }

  private String property(String key) {
    return context.getProperty(key);
  }

  private static String read(InputStream in) {
    try {
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.horai.sandbox.chronos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.horai.sandbox.net.SimReply;

/** The answers of Chronos' web server: its headers, its error pages, its stack traces. */
final class JettyAnswers {

  static final String SERVER = "Jetty(9.3.6.v20151106)";
  private static final String PACKAGE = "org.apache.mesos.chronos.scheduler.api.";
  private static final List<String> FRAMES =
      List.of(
          "java.base/java.lang.reflect.Method.invoke(Method.java:569)",
          "com.google.inject.servlet.GuiceFilter.doFilter(GuiceFilter.java:113)",
          "org.eclipse.jetty.server.HttpChannel.handle(HttpChannel.java:310)",
          "java.base/java.lang.Thread.run(Thread.java:840)");

  private final ObjectMapper json;
  private final ChronosVersion version;

  JettyAnswers(ObjectMapper json, ChronosVersion version) {
    this.json = json;
    this.version = version;
  }

  /** Success without a body. */
  SimReply done() {
    return SimReply.empty(204).withHeader("Content-Type", "application/json");
  }

  SimReply json(Object body) {
    return vary(SimReply.json(200, write(body)));
  }

  /** Words where JSON was promised. */
  SimReply words(String text) {
    return vary(SimReply.of(200, "application/json", text));
  }

  SimReply plain(String body) {
    return vary(SimReply.of(200, "text/plain", body));
  }

  SimReply pong() {
    return vary(
        SimReply.empty(200)
            .withHeader("Cache-Control", "must-revalidate,no-cache,no-store")
            .withHeader("Access-Control-Allow-Credentials", "true")
            .withHeader("Content-Type", "text/plain;charset=iso-8859-1")
            .withBody("pong\n".getBytes(StandardCharsets.US_ASCII)));
  }

  SimReply metrics(Object body) {
    return vary(
        SimReply.json(200, write(body))
            .withHeader("Cache-Control", "must-revalidate,no-cache,no-store"));
  }

  private static SimReply vary(SimReply reply) {
    return reply.withHeader("Vary", "Accept-Encoding, User-Agent");
  }

  /** A refusal with a plain message. */
  SimReply refused(String message) {
    return failure(400, message);
  }

  /** A requirement that did not hold: 400 with the trace in the message, in 2.x its words alone. */
  SimReply requirement(String text, String resource, int line) {
    if (!version.isThree()) {
      return SimReply.of(400, "application/json", "requirement failed: " + text);
    }
    return failure(
        400,
        trace(
            "java.lang.IllegalArgumentException: requirement failed: " + text,
            "scala.Predef$.require(Predef.scala:224)",
            at(resource, line)));
  }

  /** Any other exception: 500 with the trace in the message. */
  SimReply exception(String thrown, String resource, int line) {
    return failure(500, trace(thrown, at(resource, line)));
  }

  private SimReply failure(int status, String message) {
    if (!version.isThree()) {
      return SimReply.empty(status);
    }
    ObjectNode body = json.createObjectNode();
    body.put("message", message);
    body.put("status", SimReply.reasonOf(status));
    return SimReply.json(status, write(body));
  }

  private static String at(String resource, int line) {
    String file = resource.substring(0, resource.indexOf('.'));
    return PACKAGE + resource + "(" + file + ".scala:" + line + ")";
  }

  private static String trace(String thrown, String... first) {
    StringBuilder text = new StringBuilder(thrown).append('\n');
    for (String frame : first) {
      text.append("\tat ").append(frame).append('\n');
    }
    FRAMES.forEach(frame -> text.append("\tat ").append(frame).append('\n'));
    return text.toString();
  }

  /** The server's own error page. */
  SimReply page(int status, String path, String why) {
    String body =
        "<html>\n<head>\n"
            + "<meta http-equiv=\"Content-Type\" content=\"text/html;charset=ISO-8859-1\"/>\n"
            + "<title>Error "
            + status
            + " </title>\n</head>\n<body>\n<h2>HTTP ERROR: "
            + status
            + "</h2>\n<p>Problem accessing "
            + path
            + ". Reason:\n<pre>    "
            + why.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;")
            + "</pre></p>\n<hr /><a href=\"http://eclipse.org/jetty\">Powered by Jetty:// "
            + "9.3.6.v20151106</a><hr/>\n</body>\n</html>\n";
    return SimReply.empty(status)
        .withHeader("Cache-Control", "must-revalidate,no-cache,no-store")
        .withHeader("Content-Type", "text/html;charset=iso-8859-1")
        .withBody(body.getBytes(StandardCharsets.ISO_8859_1));
  }

  SimReply serverError(String path, String why) {
    return page(500, path, why).withReason("Server Error");
  }

  SimReply unauthorized(String realm) {
    return SimReply.empty(401).withHeader("WWW-Authenticate", "basic realm=\"" + realm + "\"");
  }

  /** With the server's name, unless it has it. */
  static SimReply signed(SimReply reply) {
    boolean named = reply.headers().stream().anyMatch(h -> h.getKey().equals("Server"));
    return named ? reply : reply.withHeader("Server", SERVER);
  }

  /** The headers that every resource's answer has, whoever made it. */
  static SimReply framed(SimReply reply) {
    SimReply framed =
        new SimReply(
            reply.status(),
            reply.reason(),
            List.of(Map.entry("Access-Control-Allow-Origin", "*")),
            reply.body(),
            reply.stream());
    for (Map.Entry<String, String> header : reply.headers()) {
      framed = framed.withHeader(header.getKey(), header.getValue());
    }
    return signed(framed);
  }

  private String write(Object body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that cannot be written", e);
    }
  }
}

package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.horai.sandbox.net.Json;
import org.horai.sandbox.net.SimReply;

/** A request that Marathon answers with an error. */
final class Refusal extends Exception {

  private final transient SimReply reply;

  private Refusal(int status, ObjectNode body) {
    super(body.toString());
    this.reply = SimReply.json(status, body.toString());
  }

  SimReply reply() {
    return reply;
  }

  static Refusal message(int status, String message) {
    return new Refusal(status, Json.of("message", message));
  }

  static Refusal with(int status, String message, String name, JsonNode value) {
    return new Refusal(status, Json.of("message", message, name, value));
  }

  /** 404 as GET answers it. */
  static Refusal noApp(String id) {
    return with(404, "App '" + id + "' does not exist", "details", Json.list());
  }

  /** 404 as DELETE and restart answer it. */
  static Refusal noAppToChange(String id) {
    return message(404, "App '" + id + "' does not exist");
  }

  static Refusal details(int status, String message, String path, String error) {
    return with(
        status, message, "details", Json.list(Json.of("path", path, "errors", Json.list(error))));
  }
}

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
    return noApp(id, "");
  }

  static Refusal noApp(String id, String inVersion) {
    return with(404, "App '" + id + "' does not exist" + inVersion, "details", Json.list());
  }

  static Refusal noGroup(String id) {
    return with(404, "Group '" + id + "' does not exist", "details", Json.list());
  }

  /** 404 as DELETE and restart answer it. */
  static Refusal noAppToChange(String id) {
    return message(404, "App '" + id + "' does not exist");
  }

  /** A path that is no resource: 1.11 takes that for an error of its own. */
  static Refusal unknown() {
    return message(500, "URI not found");
  }

  static Refusal notAllowed() {
    return message(405, "Method Not Allowed");
  }

  static Refusal details(int status, String message, String path, String error) {
    return with(
        status, message, "details", Json.list(Json.of("path", path, "errors", Json.list(error))));
  }
}

package org.horai.marathon.model;

import java.util.List;
import java.util.stream.Collectors;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;

/**
 * Turns an answer that is no success into the error the operator reads (mesosphere/marathon {@code
 * MarathonExceptionMapper.scala}).
 */
public final class Refusals {
  private Refusals() {}

  /**
   * @param what the request in words: {@code PUT /v2/apps/chronos}
   * @param body JSON, or nothing when it was none
   * @param excerpt the body as text, for answers that are no JSON
   */
  public static HoraiException of(String what, int status, Tree body, String excerpt) {
    String said = said(body, excerpt);
    return switch (status) {
      case 401 -> error(CommonErrors.UNAUTHORIZED, what, status, said, "set marathon credentials");
      case 403 -> error(MarathonErrors.FORBIDDEN, what, status, said, "use other credentials");
      case 404 -> error(CommonErrors.NOT_FOUND, what, status, said, "marathon:apps lists the apps");
      case 409 ->
          body.at("deployments").present()
              ? locked(what, String.join(", ", Answers.ids(body.at("deployments"))))
              : error(MarathonErrors.NAME_TAKEN, what, status, said, "marathon:apps");
      case 422 ->
          error(
              MarathonErrors.INVALID,
              what,
              status,
              said,
              "correct these fields in the cluster file, then plan again");
      default ->
          status >= 500
              ? error(MarathonErrors.BROKEN, what, status, said, "cluster:doctor --tag marathon")
              : error(MarathonErrors.REJECTED, what, status, said, "cluster:doctor --tag marathon");
    };
  }

  /** The app is locked; {@code holders} tells by what, in words. */
  public static HoraiException locked(String what, String holders) {
    return new HoraiException(
        MarathonErrors.LOCKED,
        what + " was refused: the app is locked by a deployment",
        holders,
        "marathon:why APP tells why; wait with a longer --wait, or marathon:cancel DEPLOYMENT");
  }

  private static HoraiException error(
      ErrorCode code, String what, int status, String said, String next) {
    return new HoraiException(code, what + " was answered with " + status, said, next);
  }

  /** {@code details} is a list of fields for a 422, a text for a 400, or missing. */
  private static String said(Tree body, String excerpt) {
    String message = body.at("message").text(excerpt);
    Tree details = body.at("details").present() ? body.at("details") : body.at("errors");
    String fields =
        details
            .text()
            .orElseGet(
                () ->
                    details.items().stream()
                        .map(Refusals::detail)
                        .collect(Collectors.joining("; ")));
    return fields.isEmpty() ? message : message + ": " + fields;
  }

  private static String detail(Tree detail) {
    List<String> reasons =
        detail.at("errors").items().stream().flatMap(error -> error.text().stream()).toList();
    String reason = reasons.isEmpty() ? detail.at("error").text("") : String.join(", ", reasons);
    return detail.text().orElse(detail.at("path", "attribute").text("/") + " " + reason);
  }
}

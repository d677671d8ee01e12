package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.horai.sandbox.mesos.Offer;
import org.horai.sandbox.net.Json;

/** What became of the offers that one waiting app was shown: the "why" of {@code /v2/queue}. */
final class OfferStats {

  private record Unused(Offer offer, String offerId, Placement.Reason reason, Instant at) {}

  private final Map<Placement.Reason, int[]> total = new EnumMap<>(Placement.Reason.class);
  private final Map<Placement.Reason, int[]> last = new EnumMap<>(Placement.Reason.class);
  private final Map<String, Unused> unused = new LinkedHashMap<>();
  private int processed;
  private int declined;
  private Optional<Instant> lastUnused = Optional.empty();
  private Optional<Instant> lastUsed = Optional.empty();

  /** A new round of offers begins. */
  void round() {
    last.clear();
  }

  void used(Instant now) {
    processed++;
    lastUsed = Optional.of(now);
    count(total, Optional.empty());
  }

  void declined(Offer offer, Placement.Reason reason, Instant now) {
    processed++;
    declined++;
    lastUnused = Optional.of(now);
    count(total, Optional.of(reason));
    count(last, Optional.of(reason));
    unused.put(offer.agentId(), new Unused(offer, "O" + processed, reason, now));
  }

  /** Each check up to the failing one was processed. */
  private static void count(
      Map<Placement.Reason, int[]> counts, Optional<Placement.Reason> failed) {
    for (Placement.Reason reason : Placement.Reason.values()) {
      int[] declinedAndProcessed = counts.computeIfAbsent(reason, r -> new int[2]);
      declinedAndProcessed[1]++;
      if (failed.isPresent() && failed.get() == reason) {
        declinedAndProcessed[0]++;
        return;
      }
    }
  }

  ObjectNode summary() {
    return Json.of(
        "processedOffersCount", processed,
        "unusedOffersCount", declined,
        "lastUnusedOfferAt", lastUnused.map(Instant::toString),
        "lastUsedOfferAt", lastUsed.map(Instant::toString),
        "rejectSummaryLastOffers", rejects(last),
        "rejectSummaryLaunchAttempt", rejects(total));
  }

  private static ArrayNode rejects(Map<Placement.Reason, int[]> counts) {
    ArrayNode rejects = Json.list();
    if (counts.isEmpty()) {
      return rejects;
    }
    for (Placement.Reason reason : Placement.Reason.values()) {
      int[] count = counts.getOrDefault(reason, new int[2]);
      rejects.add(Json.of("reason", reason.text(), "declined", count[0], "processed", count[1]));
    }
    return rejects;
  }

  ArrayNode unusedOffers() {
    return Json.array(
        unused.values().stream()
            .map(
                u ->
                    Json.of(
                        "offer", offer(u),
                        "reason", Json.list(u.reason().text()),
                        "timestamp", u.at().toString()))
            .toList());
  }

  private static ObjectNode offer(Unused unused) {
    Offer offer = unused.offer();
    ArrayNode ranges =
        Json.array(
            offer.free().ports().ranges().stream()
                .map(r -> Json.of("begin", r.begin(), "end", r.end()))
                .toList());
    ArrayNode attributes =
        Json.array(
            offer.attributes().entrySet().stream()
                .map(e -> Json.of("name", e.getKey(), "text", e.getValue()))
                .toList());
    String master = offer.agentId().replaceFirst("-S\\d+$", "-");
    return Json.of(
        "id", master + unused.offerId(),
        "hostname", offer.hostname(),
        "agentId", offer.agentId(),
        "resources",
            Json.list(
                Json.of("name", "ports", "role", "*", "ranges", ranges),
                Json.of("name", "cpus", "role", "*", "scalar", offer.free().cpus()),
                Json.of("name", "mem", "role", "*", "scalar", offer.free().memMiB()),
                Json.of("name", "disk", "role", "*", "scalar", offer.free().diskMiB())),
        "attributes", attributes);
  }
}

package org.horai.sandbox.marathon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.sandbox.mesos.Offer;
import org.horai.sandbox.mesos.PortRanges;
import org.horai.sandbox.mesos.Resources;
import org.horai.sandbox.net.Json;
import org.junit.jupiter.api.Test;

class PlacementTest {

  private static final List<Offer> OFFERS =
      List.of(offer("h1", "r1"), offer("h2", "r1"), offer("h3", "r2"));

  private static Offer offer(String host, String rack) {
    return new Offer(
        "agent-" + host,
        host,
        Map.of("rack", rack),
        new Resources(1, 100, 100, PortRanges.between(31_000, 31_001)));
  }

  private static AppSpec app(String more) throws Exception {
    String text = "{\"cpus\":0.1,\"mem\":10,\"disk\":0" + more + "}";
    return new AppSpec(
        "/a",
        (ObjectNode) new Json().parse(text.getBytes(StandardCharsets.UTF_8)),
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  /** The hosts that four instances get one after the other, as long as one fits. */
  private static List<String> place(String constraint) throws Exception {
    AppSpec app = app(",\"constraints\":[" + constraint + "]");
    List<Placement.Placed> placed = new ArrayList<>();
    List<String> hosts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Optional<Offer> fits =
          OFFERS.stream()
              .filter(o -> Placement.match(app, o, placed, 3, 0).against().isEmpty())
              .findFirst();
      fits.ifPresent(
          o -> {
            placed.add(new Placement.Placed(o.hostname(), o.attributes()));
            hosts.add(o.hostname());
          });
    }
    return hosts;
  }

  @Test
  void constraintsDecideWhereInstancesGo() throws Exception {
    assertThat(place("[\"hostname\",\"UNIQUE\"]")).containsExactly("h1", "h2", "h3");
    assertThat(place("[\"hostname\",\"CLUSTER\"]")).containsExactly("h1", "h1", "h1", "h1");
    assertThat(place("[\"rack\",\"CLUSTER\",\"r2\"]")).containsExactly("h3", "h3", "h3", "h3");
    assertThat(place("[\"rack\",\"LIKE\",\"r[2-9]\"]")).containsOnly("h3");
    assertThat(place("[\"rack\",\"UNLIKE\",\"r1\"]")).containsOnly("h3");
    assertThat(place("[\"rack\",\"MAX_PER\",\"1\"]")).containsExactly("h1", "h3");
    assertThat(place("[\"rack\",\"GROUP_BY\",\"2\"]")).containsExactly("h1", "h3", "h1", "h3");
  }

  @Test
  void onlyUnlikeAcceptsAnAgentWithoutTheAttribute() throws Exception {
    assertThat(place("[\"nosuch\",\"UNLIKE\",\"x\"]")).hasSize(4);
    assertThat(place("[\"nosuch\",\"LIKE\",\".*\"]")).isEmpty();
    assertThat(place("[\"nosuch\",\"UNIQUE\"]")).isEmpty();
  }

  @Test
  void saysWhichResourceIsShort() throws Exception {
    assertThat(reason(",\"cpus\":2")).contains(Placement.Reason.INSUFFICIENT_CPUS);
    assertThat(reason(",\"mem\":200")).contains(Placement.Reason.INSUFFICIENT_MEMORY);
    assertThat(reason(",\"disk\":200")).contains(Placement.Reason.INSUFFICIENT_DISK);
    assertThat(reason(",\"portDefinitions\":[{\"port\":0},{\"port\":0},{\"port\":0}]"))
        .contains(Placement.Reason.INSUFFICIENT_PORTS);
    assertThat(reason(",\"requirePorts\":true,\"portDefinitions\":[{\"port\":80}]"))
        .contains(Placement.Reason.INSUFFICIENT_PORTS);
    assertThat(reason(",\"portDefinitions\":[{\"port\":0},{\"port\":0}]")).isEmpty();
  }

  private static Optional<Placement.Reason> reason(String more) throws Exception {
    return Placement.match(app(more), OFFERS.get(0), List.of(), 3, 7).against();
  }
}

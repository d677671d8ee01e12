package org.horai.api.network;

import java.util.Set;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;

/**
 * Refuses settings of an overlay that cannot be. Pure; every method throws {@link HoraiException}
 * with the provider's own code.
 *
 * @param code the provider's code for such settings
 */
public record SettingsCheck(OverlaySpec wanted, ErrorCode code) {
  /** All options must be among these. */
  public void known(Set<String> options) {
    wanted.options().keySet().stream()
        .filter(option -> !options.contains(option))
        .sorted()
        .forEach(
            option ->
                require(
                    false, "overlay.options." + option + " is not known to " + wanted.provider()));
  }

  /** The network that a key of the cluster file says. */
  public Subnet network(String key, String text) {
    return Subnet.parse(text)
        .orElseThrow(
            () ->
                refused(
                    key + " \"" + text + "\" is not a network such as 10.32.0.0/12",
                    "correct the cluster file"));
  }

  /** The range of all addresses. */
  public Subnet range() {
    return network("overlay.range", wanted.range());
  }

  /** The workloads' subnet, which must be inside the range. */
  public Subnet subnet() {
    Subnet subnet = network("overlay.subnet", wanted.subnet());
    require(range().contains(subnet), "overlay.subnet " + subnet + " is not inside " + range());
    return subnet;
  }

  /**
   * For a network that cannot encrypt.
   *
   * @param why it cannot, such as {@code routed packets are sent in the clear}
   */
  public void noPassword(String why) {
    require(
        wanted.password().isEmpty(),
        "overlay.password is set, and " + why,
        "leave it out, or choose a provider that encrypts: net:compare");
  }

  /** The number of an option, or the usual one. */
  public int number(String option, String usual, int least, int most) {
    String text = wanted.option(option, usual);
    require(
        text.matches("\\d{1,8}")
            && Integer.parseInt(text) >= least
            && Integer.parseInt(text) <= most,
        "overlay.options." + option + " \"" + text + "\" is not a number " + least + " to " + most);
    return Integer.parseInt(text);
  }

  /** The same with the advice to correct the cluster file. */
  public void require(boolean holds, String what) {
    require(holds, what, "correct the cluster file");
  }

  /**
   * @param what is wrong, when it does not hold
   * @param next what to do then
   */
  public void require(boolean holds, String what, String next) {
    if (!holds) {
      throw refused(what, next);
    }
  }

  private HoraiException refused(String what, String next) {
    return new HoraiException(code, what, "", next);
  }
}

package org.horai.core.net.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes of overlays in general; each provider has codes of its own besides. */
public final class NetErrors {
  public static final ErrorCode DRIFT =
      new ErrorCode(
          "NET-101",
          ErrorCategory.FAILED,
          "the overlay is not as the cluster file wants it",
          "Somebody changed the hosts, or the cluster file, since the overlay was last applied."
              + " chronos:plan shows what differs and chronos:apply puts it right.");
  public static final ErrorCode ABSENT =
      new ErrorCode(
          "NET-102",
          ErrorCategory.FAILED,
          "the overlay is not up on any host",
          "Before the first deploy this is as it should be: chronos:apply sets the overlay up. Later"
              + " it means that the overlay died everywhere; net:doctor tells more.");
  public static final ErrorCode OVERLAP =
      new ErrorCode(
          "NET-103",
          ErrorCategory.USAGE,
          "the overlay's range covers addresses of hosts",
          "A host whose own address lies inside the overlay's range cannot be reached any more once"
              + " the overlay is up. Choose another overlay.range in the cluster file.");
  public static final ErrorCode OPTION =
      new ErrorCode(
          "NET-104",
          ErrorCategory.USAGE,
          "the provider does not know an option",
          "overlay.options of the cluster file has a key that the installed provider does not"
              + " understand. net:list -o wide shows the options of each provider.");
  public static final ErrorCode DEFECT =
      new ErrorCode(
          "NET-105",
          ErrorCategory.INTERNAL,
          "an overlay provider failed",
          "The provider's bundle has a defect: it threw an error instead of an answer. The log under"
              + " the state folder has the details for its author.");

  public static final ErrorCode RANGES =
      new ErrorCode(
          "NET-106",
          ErrorCategory.USAGE,
          "the ranges of two networks overlap",
          "While a cluster moves both networks are up, so their addresses must differ. Describe the"
              + " other one below overlays.PROVIDER in the cluster file, with a range of its own.");
  public static final ErrorCode PAIRS =
      new ErrorCode(
          "NET-107",
          ErrorCategory.FAILED,
          "hosts or instances do not reach each other",
          "A move goes on only when every pair talks over the new network. net:doctor tells more;"
              + " net:migrate --back returns to the network before.");
  public static final ErrorCode NO_MOVE =
      new ErrorCode(
          "NET-108",
          ErrorCategory.USAGE,
          "there is no such move",
          "net:migrate --to PROVIDER begins one; --back returns from one that did not end.");
  public static final ErrorCode UNFIT =
      new ErrorCode(
          "NET-109",
          ErrorCategory.REFUSED,
          "instances are not replaced on an overlay that is not healthy",
          "A restart ends an instance before the next one proves that it works, and on a broken"
              + " overlay the new one may reach neither the others nor the masters. net:doctor says"
              + " what is wrong, net:apply or chronos:apply puts it right. Beside a host that does"
              + " not answer there is only a warning.");

  private NetErrors() {}

  public static List<ErrorCode> all() {
    return List.of(DRIFT, ABSENT, OVERLAP, OPTION, DEFECT, RANGES, PAIRS, NO_MOVE, UNFIT);
  }
}

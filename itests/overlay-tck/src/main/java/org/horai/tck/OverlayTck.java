package org.horai.tck;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.horai.api.host.HostScripts;
import org.horai.api.network.OverlayNetworkProvider;

/** All checks of an overlay provider. */
public final class OverlayTck {
  private OverlayTck() {}

  /**
   * Runs every check. Blocking: a few seconds. The provider's host scripts run as the calling user
   * with a private root and stand-ins for everything that is no plain text tool; scripts that name
   * absolute paths of the real machine are never run.
   *
   * @param scripts the engine's compiler
   * @param folder an empty folder for the hosts; left to the caller
   */
  public static Score check(OverlayNetworkProvider provider, HostScripts scripts, Path folder) {
    return check(provider, provider.getClass(), scripts, folder);
  }

  /**
   * The same of a provider that is called through another object.
   *
   * @param own a class beside which the provider's {@code overlay-tck/} lies
   */
  public static Score check(
      OverlayNetworkProvider provider, Class<?> own, HostScripts scripts, Path folder) {
    List<Check> checks = checks();
    String id;
    Sample sample;
    try {
      id = String.valueOf(provider.info().id());
      sample = Sample.of(own);
    } catch (RuntimeException | LinkageError e) {
      return new Score("?", List.of(first(checks, Subject.words(e))));
    }
    Subject subject = new Subject(provider, sample, new Story(scripts, folder));
    return new Score(id, checks.stream().map(check -> check.judge(subject)).toList());
  }

  private static Score.Result first(List<Check> checks, String why) {
    Check first = checks.get(0);
    return new Score.Result(first.id(), first.title(), Score.Status.FAILED, "threw " + why);
  }

  static List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    checks.addAll(InfoChecks.all());
    checks.addAll(QuestionChecks.all());
    checks.addAll(PlanChecks.all());
    checks.addAll(LifeChecks.all());
    checks.addAll(AttachChecks.all());
    checks.addAll(HealthChecks.all());
    return checks;
  }
}

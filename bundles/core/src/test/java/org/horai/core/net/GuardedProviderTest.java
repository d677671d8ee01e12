package org.horai.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlayHealth.PeerHealth;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.network.ProviderInfo;
import org.horai.api.network.WorkloadAttachment;
import org.horai.api.network.WorkloadNetwork;
import org.horai.core.net.flow.PatientAsker;
import org.horai.core.net.model.GuardedProvider;
import org.horai.core.net.model.GuardedProvider.Asker;
import org.junit.jupiter.api.Test;

class GuardedProviderTest {
  private static final OverlaySpec NOBODY =
      new OverlaySpec(
          "bad", "1", "10.0.0.0/8", "10.1.0.0/16", Optional.empty(), List.of(), Map.of());
  private static final OverlayView SILENT = new OverlayView(Map.of());
  private static final MarathonDialect ERA = new MarathonDialect(1, 5);

  @Test
  void whateverItThrowsNamesItsBundle() {
    for (Throwable thrown :
        List.of(
            new NullPointerException("cup"),
            new NoClassDefFoundError("com/acme/Cup"),
            new StackOverflowError(),
            new AssertionError("cup"))) {
      HoraiException error =
          failure(
              () -> sneak(thrown),
              bad -> bad.plan(NOBODY, SILENT),
              bad -> bad.probes(NOBODY),
              bad -> bad.observe(NOBODY, SILENT),
              bad -> bad.remove(NOBODY, SILENT),
              bad -> bad.attach(new WorkloadNetwork("10.1.0.0/16", List.of()), ERA),
              OverlayNetworkProvider::info);
      assertThat(error.why().orElseThrow()).contains(thrown.getClass().getSimpleName());
      assertThat(error.getCause()).isNull();
    }
  }

  @Test
  void whatItLeavesOutIsItsDefect() {
    why(() -> null, bad -> bad.plan(NOBODY, SILENT), "plan() answered null");
    why(() -> Arrays.asList((Object) null), bad -> bad.plan(NOBODY, SILENT), "has a null");
    why(() -> info("Bad One"), OverlayNetworkProvider::info, "has the id \"Bad One\"");
    why(
        () -> List.of(new HostStage("s", "t", "elsewhere", List.of(), false, "w")),
        bad -> bad.plan(NOBODY, SILENT),
        "plan() named the host elsewhere");
    why(
        () -> List.of(new HostProbes("elsewhere", List.of(), List.of())),
        bad -> bad.probes(NOBODY),
        "probes() named the host elsewhere");
    why(
        () -> List.of(new HostProbes("elsewhere", List.of(), List.of())),
        bad -> bad.planProbes(NOBODY),
        "planProbes() named the host elsewhere");
    why(
        () -> new OverlayHealth(List.of(new PeerHealth("x", "up", 0, 0, "", "")), List.of()),
        bad -> bad.observe(NOBODY, SILENT),
        "observe() named the host x");
    why(
        () ->
            new WorkloadAttachment(
                Map.of(), null, Optional.empty(), Map.of(), Map.of(), "hostname -i", true),
        bad -> bad.attach(new WorkloadNetwork("10.1.0.0/16", List.of()), ERA),
        "attach() left the mode");
  }

  @Test
  void itsOwnRefusalsPass() {
    HoraiException own = new HoraiException(CommonErrors.USAGE, "no such option", "mend it");
    GuardedProvider guarded = guarded(() -> sneak(own), Asker.DIRECTLY);
    assertThat(catchThrowableOfType(HoraiException.class, () -> guarded.probes(NOBODY)))
        .isSameAs(own);
  }

  @Test
  void oneThatNeverAnswersIsNotWaitedFor() {
    CountDownLatch never = new CountDownLatch(1);
    try (PatientAsker asker = new PatientAsker(Duration.ofMillis(200))) {
      GuardedProvider guarded =
          guarded(
              () -> {
                await(never);
                return List.of();
              },
              asker);
      HoraiException error =
          catchThrowableOfType(HoraiException.class, () -> guarded.plan(NOBODY, SILENT));
      assertThat(error.code().id()).isEqualTo("NET-105");
      assertThat(error.why().orElseThrow()).contains("plan() did not end within");
      assertThat(guarded(List::of, asker).plan(NOBODY, SILENT)).isEmpty();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void why(
      Supplier<Object> answer, Consumer<OverlayNetworkProvider> call, String why) {
    assertThat(failure(answer, call).why().orElseThrow()).contains(why);
  }

  /** The last failure of the calls, all of which must fail in the same way. */
  @SafeVarargs
  private static HoraiException failure(
      Supplier<Object> answer, Consumer<OverlayNetworkProvider>... calls) {
    GuardedProvider guarded = guarded(answer, Asker.DIRECTLY);
    HoraiException last = null;
    for (Consumer<OverlayNetworkProvider> call : calls) {
      last = catchThrowableOfType(HoraiException.class, () -> call.accept(guarded));
      assertThat(last.code().id()).isEqualTo("NET-105");
      assertThat(last.what()).contains("com.acme.bad 1.2.3");
    }
    return last;
  }

  private static GuardedProvider guarded(Supplier<Object> answer, Asker asker) {
    return new GuardedProvider(new AnswersAlike(answer), "com.acme.bad", "1.2.3", asker);
  }

  private static ProviderInfo info(String id) {
    return new ProviderInfo(id, "Bad", "1", Map.of(), List.of());
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> Object sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** Every method gives the same answer. */
  @SuppressWarnings("unchecked")
  private record AnswersAlike(Supplier<Object> answer) implements OverlayNetworkProvider {
    @Override
    public ProviderInfo info() {
      return (ProviderInfo) answer.get();
    }

    @Override
    public List<HostProbes> probes(OverlaySpec wanted) {
      return (List<HostProbes>) answer.get();
    }

    @Override
    public List<HostStage> plan(OverlaySpec wanted, OverlayView now) {
      return (List<HostStage>) answer.get();
    }

    @Override
    public WorkloadAttachment attach(WorkloadNetwork wanted, MarathonDialect era) {
      return (WorkloadAttachment) answer.get();
    }

    @Override
    public OverlayHealth observe(OverlaySpec wanted, OverlayView now) {
      return (OverlayHealth) answer.get();
    }

    @Override
    public List<HostStage> remove(OverlaySpec current, OverlayView now) {
      return (List<HostStage>) answer.get();
    }
  }
}

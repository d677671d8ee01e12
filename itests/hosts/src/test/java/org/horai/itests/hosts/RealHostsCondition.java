package org.horai.itests.hosts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Looks whether this machine can play several hosts. */
final class RealHostsCondition implements ExecutionCondition {
  private static final List<String> TOOLS =
      List.of(
          "unshare",
          "nsenter",
          "ip",
          "tc",
          "ss",
          "nft",
          "sshd",
          "ssh-keygen",
          "sudo",
          "useradd",
          "bash",
          "dash",
          "busybox");
  private static final String TRIAL =
      "mount -t tmpfs tmpfs /mnt && mkdir /mnt/u /mnt/w /mnt/r && mount -t overlay overlay -o"
          + " lowerdir=/,upperdir=/mnt/u,workdir=/mnt/w /mnt/r && ip link add name trial type bridge";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (context.getTestMethod().isPresent()) {
      return ConditionEvaluationResult.enabled("");
    }
    Optional<String> missing = missing();
    missing.ifPresent(
        why ->
            System.out.println("[real hosts] " + context.getDisplayName() + " is skipped: " + why));
    return missing
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled(""));
  }

  private static Optional<String> missing() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("this is not Linux");
    }
    List<String> absent = TOOLS.stream().filter(tool -> !installed(tool)).toList();
    if (!absent.isEmpty()) {
      return Optional.of("not installed: " + String.join(", ", absent));
    }
    if (!Ran.of(List.of("id", "-u")).out().strip().equals("0")) {
      return Optional.of("this is not root");
    }
    Ran trial =
        Ran.of(List.of("unshare", "--net", "--mount", "--pid", "--fork", "sh", "-c", TRIAL));
    return trial.code() == 0
        ? Optional.empty()
        : Optional.of("this machine makes no namespaces with overlays: " + trial.err().strip());
  }

  private static boolean installed(String tool) {
    return Stream.of((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }
}

package org.horai.host.ssh.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.horai.host.ssh.model.HostKeyCheck.Certificate;
import org.horai.host.ssh.model.HostKeyCheck.Outcome;
import org.horai.host.ssh.model.HostKeyCheck.Shown;
import org.horai.host.ssh.model.HostKeyCheck.Verdict;
import org.horai.host.ssh.model.KnownKey.Blob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostKeyCheckTest {
  private static final Instant NOW = Instant.parse("2020-06-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "m1; m1; KNOWN",
        "other,m1; m1; KNOWN",
        "M1; m1; KNOWN",
        "m?; m1; KNOWN",
        "m*,!m1; m1; UNKNOWN",
        "m2; m1; UNKNOWN",
        "[m1]:2222; [m1]:2222 m1; KNOWN",
        "[m1]:2222; m1; UNKNOWN",
        "[m1]:*; [m1]:2222 m1; KNOWN",
        "m1; [m1]:2222 m1; KNOWN",
        // HMAC-SHA1 of hello.example.com
        "|1|MDEyMzQ1Njc4OWFiY2RlZjAxMjM=|McrlGUfTE90bwZWxhuPUdasTSdA=; hello.example.com; KNOWN",
        "|1|MDEyMzQ1Njc4OWFiY2RlZjAxMjM=|McrlGUfTE90bwZWxhuPUdasTSdA=; hullo.example.com; UNKNOWN",
        "|1|not base64|at all; m1; UNKNOWN",
        "|2|a|b; m1; UNKNOWN",
      })
  void findsHostsByTheirNames(String line, String names, Outcome outcome) {
    HostKeyCheck check = check(List.of(names.split(" ")), line + " ssh-ed25519 " + key("A"));

    assertThat(check.judge(shown("A"), NOW).outcome()).isEqualTo(outcome);
  }

  @Test
  void anotherKeyIsAChangedKeyAndTheLineIsNamed() {
    HostKeyCheck check =
        check(List.of("m1"), "# comment", "", "m1 ssh-rsa " + key("R") + " by me", "m2 broken");

    Verdict verdict = check.judge(shown("A"), NOW);

    assertThat(verdict.outcome()).isEqualTo(Outcome.CHANGED);
    assertThat(verdict.lines())
        .singleElement()
        .satisfies(line -> assertThat(line.place()).isEqualTo("known:3"))
        .satisfies(line -> assertThat(line.shown()).startsWith("ssh-rsa SHA256:"));
  }

  @Test
  void aKeyOfTheNameWithoutThePortSaysNothingAgainstTheOneOnAnotherPort() {
    HostKeyCheck check = check(List.of("[m1]:2222", "m1"), "m1 ssh-ed25519 " + key("A"));

    assertThat(check.judge(shown("B"), NOW).outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void oneRightKeyAmongSeveralIsEnough() {
    HostKeyCheck check =
        check(List.of("m1"), "m1 ssh-ed25519 " + key("A"), "m1 ssh-ed25519 " + key("B"));

    assertThat(check.judge(shown("B"), NOW).outcome()).isEqualTo(Outcome.KNOWN);
  }

  @Test
  void aRevokedKeyIsRefusedThoughItIsKnown() {
    HostKeyCheck check =
        check(List.of("m1"), "m1 ssh-ed25519 " + key("A"), "@revoked * ssh-ed25519 " + key("A"));

    assertThat(check.judge(shown("A"), NOW).outcome()).isEqualTo(Outcome.REVOKED);
  }

  @Test
  void aRevokedKeyIsRefusedInsideACertificateToo() {
    HostKeyCheck check =
        check(
            List.of("m1"),
            "@cert-authority * ssh-ed25519 " + key("C"),
            "@revoked * ssh-ed25519 " + key("A"));

    assertThat(check.judge(certified(good()), NOW).outcome()).isEqualTo(Outcome.REVOKED);
  }

  @Test
  void aTrustedAuthorityVouchesForAHost() {
    HostKeyCheck check = check(List.of("m1"), "@cert-authority m* ssh-ed25519 " + key("C"));

    assertThat(check.judge(certified(good()), NOW).outcome()).isEqualTo(Outcome.KNOWN);
    assertThat(check.algorithms().get(0)).isEqualTo("ssh-ed25519-cert-v01@openssh.com");
  }

  @ParameterizedTest
  @CsvSource({
    "true, m2, 2020-01-01, 2021-01-01, false, for m2",
    "true, m?, 2020-01-01, 2021-01-01, false, ''",
    "true, M1, 2020-01-01, 2021-01-01, false, ''",
    "true, m1, 2020-07-01, 2021-01-01, false, only from",
    "true, m1, 2020-01-01, 2020-06-01, false, ended",
    "false, m1, 2020-01-01, 2021-01-01, false, for users",
    "true, m1, 2020-01-01, 2021-01-01, true, conditions"
  })
  void aCertificateMustFit(
      boolean host, String name, String from, String until, boolean conditions, String flaw) {
    HostKeyCheck check = check(List.of("[m1]:22022", "m1"), "@cert-authority *1*,m1 x " + key("C"));
    Certificate certificate =
        new Certificate(
            blob("C"), host, List.of(name), day(from), day(until), conditions, Optional.empty());

    Verdict verdict = check.judge(certified(certificate), NOW);

    assertThat(verdict.outcome()).isEqualTo(flaw.isEmpty() ? Outcome.KNOWN : Outcome.UNKNOWN);
    assertThat(verdict.note()).contains(flaw);
  }

  @Test
  void aCertificateOfAStrangerIsOnlyAKey() {
    HostKeyCheck check =
        check(List.of("m1"), "m1 ssh-ed25519 " + key("A"), "@cert-authority m2 x " + key("C"));

    assertThat(check.judge(certified(good()), NOW).outcome()).isEqualTo(Outcome.KNOWN);
    assertThat(check.algorithms()).doesNotContain("ssh-ed25519-cert-v01@openssh.com");
  }

  @Test
  void aForgedCertificateIsNoReasonToTrust() {
    HostKeyCheck check = check(List.of("m1"), "@cert-authority m1 x " + key("C"));
    Certificate forged =
        new Certificate(
            blob("C"),
            true,
            List.of("m1"),
            day("2020-01-01"),
            day("2021-01-01"),
            false,
            Optional.of("its signature is wrong"));

    assertThat(check.judge(certified(forged), NOW))
        .isEqualTo(new Verdict(Outcome.UNKNOWN, List.of(), "its signature is wrong"));
  }

  @Test
  void theKnownKindOfKeyIsAskedForFirst() {
    assertThat(check(List.of("m1"), "m1 ssh-rsa " + key("R")).algorithms())
        .containsExactly("rsa-sha2-512", "rsa-sha2-256", "ssh-rsa");
    assertThat(check(List.of("m1")).algorithms().get(0)).isEqualTo("ssh-ed25519");
  }

  private static HostKeyCheck check(List<String> names, String... lines) {
    return new HostKeyCheck(KnownKey.parse(String.join("\n", lines), "known"), names);
  }

  private static Certificate good() {
    return new Certificate(
        blob("C"),
        true,
        List.of("m1"),
        day("2020-01-01"),
        day("2021-01-01"),
        false,
        Optional.empty());
  }

  private static Instant day(String date) {
    return Instant.parse(date + "T00:00:00Z");
  }

  private static Shown shown(String key) {
    return new Shown("ssh-ed25519", blob(key), Optional.empty());
  }

  private static Shown certified(Certificate certificate) {
    return new Shown("ssh-ed25519", blob("A"), Optional.of(certificate));
  }

  private static Blob blob(String key) {
    return Blob.of(key.getBytes());
  }

  private static String key(String key) {
    return blob(key).base64();
  }
}

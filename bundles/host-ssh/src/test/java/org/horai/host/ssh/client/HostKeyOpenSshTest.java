package org.horai.host.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;
import org.horai.host.ssh.model.SshErrors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Host keys and certificates of hosts, against the machine's own sshd. */
class HostKeyOpenSshTest extends OpenSshFixture {
  private Path authority;

  @BeforeEach
  void makeKeys() throws Exception {
    key("ed25519", "id_ed25519");
    authority = home.resolve("ca");
    Tools.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", authority.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void certificatesOfATrustedAuthorityNeedNoEntryOfTheirOwn(String type) throws Exception {
    OpenSshServer server = certified(type, "127.0.0.2", "+1h");
    trust("@cert-authority", "*");

    assertThat(run(host(server, "root", HostKeyPolicy.STRICT)).exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "host.example.com, +1h, its certificate is for host.example.com",
    "127.0.0.2, 20200101:20210101, its certificate ended"
  })
  void aCertificateThatDoesNotFitIsExplained(String principal, String validity, String reason)
      throws Exception {
    OpenSshServer server = certified("ed25519", principal, validity);
    trust("@cert-authority", "127.0.0.*,[127.0.0.2]:*");

    HoraiException e = failure(host(server, "root", HostKeyPolicy.STRICT));

    assertThat(e.code()).isEqualTo(SshErrors.UNKNOWN_HOST_KEY);
    assertThat(e.why()).get().asString().contains(reason);
  }

  @Test
  void withoutItsAuthorityACertifiedHostIsRememberedByItsKey() throws Exception {
    OpenSshServer server = certified("ed25519", "127.0.0.2", "+1h");

    run(host(server, "root", HostKeyPolicy.ACCEPT_NEW));

    assertThat(Files.readAllLines(knownHosts()))
        .singleElement()
        .asString()
        .contains(" ssh-ed25519 ");
    trust("@cert-authority", "unrelated.example.com");
    assertThat(Tools.run("ssh-keygen", "-F", server.name(), "-f", knownHosts().toString()))
        .contains("found");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRevokedAuthorityOrKeyIsRefusedUnderEveryPolicy(boolean wholeAuthority) throws Exception {
    OpenSshServer server = certified("ed25519", "127.0.0.2", "+1h");
    trust("@cert-authority", "*");
    if (wholeAuthority) {
      trust("@revoked", "*");
    } else {
      String key = Files.readString(home.resolve("sshd0/host-ed25519.pub"));
      Files.writeString(knownHosts(), Files.readString(knownHosts()) + "@revoked * " + key);
    }

    HoraiException e = failure(host(server, "root", HostKeyPolicy.ACCEPT_NEW));

    assertThat(e.code()).isEqualTo(SshErrors.REVOKED_HOST_KEY);
    assertThat(e.why()).get().asString().contains("known_hosts:2");
  }

  @Test
  void hashedEntriesOfSshKeygenAreFound() throws Exception {
    OpenSshServer server = server("ed25519");
    run(host(server, "root", HostKeyPolicy.ACCEPT_NEW));
    Tools.run("ssh-keygen", "-q", "-H", "-f", knownHosts().toString());
    assertThat(Files.readString(knownHosts())).startsWith("|1|");

    makeHosts(question -> Optional.empty());

    assertThat(run(host(server, "root", HostKeyPolicy.STRICT)).exitCode()).isZero();
  }

  @Test
  void theKnownOneOfSeveralHostKeysIsAskedFor() throws Exception {
    OpenSshServer server = several();
    String rsa = Files.readString(home.resolve("sshd0/host-rsa.pub"));
    Files.writeString(knownHosts(), server.name() + " " + rsa);

    assertThat(run(host(server, "root", HostKeyPolicy.STRICT)).exitCode()).isZero();
  }

  @Test
  void aFirstContactShowsTheFingerprintSshKeygenShowsAndAsks() throws Exception {
    OpenSshServer server = server("ed25519");
    List<String> questions = new ArrayList<>();
    makeHosts(
        question -> {
          questions.add(question);
          return Optional.of(true);
        });
    Host host = host(server, "root", HostKeyPolicy.ASK);

    assertThat(run(host).exitCode()).isZero();
    run(host);

    String shown = Tools.run("ssh-keygen", "-lf", home.resolve("sshd0/host-ed25519").toString());
    assertThat(questions).singleElement().asString().contains(shown.split(" ")[1]);
    assertThat(Files.readString(knownHosts())).startsWith(server.name() + " ssh-ed25519 ");
  }

  @Test
  void aFirstContactAnsweredWithNoRemembersNothing() throws Exception {
    OpenSshServer server = server("ed25519");
    makeHosts(question -> Optional.of(false));

    HoraiException e = failure(host(server, "root", HostKeyPolicy.ASK));

    assertThat(e.code()).isEqualTo(SshErrors.UNKNOWN_HOST_KEY);
    assertThat(e.what()).contains("was not accepted");
    assertThat(knownHosts()).doesNotExist();
    assertThat(server.logins()).isZero();
  }

  @Test
  void theMachinesOwnFileIsReadToo() throws Exception {
    OpenSshServer server = server("ed25519");
    Path global = home.resolve("global");
    Files.writeString(
        global, server.name() + " " + Files.readString(home.resolve("sshd0/host-ed25519.pub")));
    config("Host *", "GlobalKnownHostsFile " + global);

    assertThat(run(host(server, "root", HostKeyPolicy.STRICT)).exitCode()).isZero();
  }

  private OpenSshServer several() throws Exception {
    Path folder = Files.createDirectory(home.resolve("sshd0"));
    List<String> options = new ArrayList<>();
    for (String type : List.of("ed25519", "ecdsa", "rsa")) {
      Path key = folder.resolve("host-" + type);
      Tools.run("ssh-keygen", "-q", "-t", type, "-N", "", "-f", key.toString());
      options.add("HostKey " + key);
    }
    return server("ed25519", options.toArray(String[]::new));
  }

  private OpenSshServer certified(String type, String principal, String validity) throws Exception {
    Path folder = Files.createDirectory(home.resolve("sshd0"));
    Path key = folder.resolve("host-" + type);
    Tools.run("ssh-keygen", "-q", "-t", type, "-N", "", "-f", key.toString());
    Tools.run(
        "ssh-keygen",
        "-q",
        "-s",
        authority.toString(),
        "-h",
        "-I",
        "host",
        "-n",
        principal,
        "-V",
        validity,
        key + ".pub");
    return server("ed25519", "HostKey " + key, "HostCertificate " + key + "-cert.pub");
  }

  private void trust(String marker, String names) throws IOException {
    String before = Files.exists(knownHosts()) ? Files.readString(knownHosts()) : "";
    String key = Files.readString(Path.of(authority + ".pub"));
    Files.writeString(knownHosts(), before + marker + " " + names + " " + key);
  }
}

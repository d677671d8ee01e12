package org.horai.recording.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskerTest {
  private static final String SECRET = "s3cr'et \"mark\"";
  private final Masker masker = Masker.of(List.of("operator:" + SECRET, "short"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        SECRET,
        "operator:" + SECRET,
        "s3cr'\\''et \"mark\"",
        "s3cr'et \\\"mark\\\"",
        "s3cr%27et+%22mark%22"
      })
  void aKnownSecretIsHiddenInEveryFormItTravelsIn(String form) {
    assertThat(masker.text("before " + form + " after")).isEqualTo("before *** after");
  }

  @Test
  void theBase64OfAPairIsHidden() {
    byte[] pair = ("operator:" + SECRET).getBytes(StandardCharsets.UTF_8);
    String header = "Basic " + Base64.getEncoder().encodeToString(pair);

    assertThat(masker.text(header)).doesNotContain(header.substring(6, 20));
  }

  @Test
  void theUserOfAPairIsNoSecret() {
    assertThat(masker.text("the operator said")).isEqualTo("the operator said");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:MARKER@host:8080/v2",
        "{\"DB_PASSWORD\": \"MARKER\", \"x\": 1}",
        "{\"dbPassword\":\"MARKER\"}",
        "{\"cmd\":\"{\\\"password\\\": \\\"MARKER\\\"}\"}",
        "{\"password\":\"a\\\"MARKER\"}",
        "DB_PASSWORD=MARKER and more",
        "DB_PASSWORD='with words MARKER'",
        "--auth-token=MARKER",
        "GET /x?access_token=MARKER&y=1",
        "Authorization: Basic MARKER",
        "curl -H 'Authorization: Bearer MARKERMARKER'",
        "sudo_pass: MARKER",
        "  - secretKey: MARKER with words",
        "host ansible_ssh_pass=MARKER ansible_user=x"
      })
  void whatStandsWhereSecretsStandIsHidden(String text) {
    assertThat(Masker.of(List.of()).text(text)).doesNotContain("MARKER");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "passed=12",
        "basic authentication is wanted",
        "the password is wrong: try again",
        "{\"token\":12,\"secret\":\"\",\"password\":null}",
        "5 passed: well",
        "password: file:/etc/horai/password",
        "MESOS_CREDENTIAL=/etc/mesos/credential",
        "\"credentials\": \"env:MARATHON\"",
        "authenticate=true",
        "http://host:8080/v2/apps@x",
        "zk://10.0.0.1:2181,10.0.0.2:2181/mesos"
      })
  void ordinaryTextAndReferencesStay(String text) {
    assertThat(Masker.of(List.of()).text(text)).isEqualTo(text);
  }

  @Test
  void valuesOfSecretNamesAreHiddenInData() {
    Object masked =
        masker.tree(
            Map.of("env", Map.of("API_KEY", "MARKER", "ROLE", "web"), "list", List.of("short")));

    assertThat(masked)
        .isEqualTo(
            Map.of("env", Map.of("API_KEY", "(masked)", "ROLE", "web"), "list", List.of("***")));
  }

  @Test
  void bytesKeepTheirLength() {
    byte[] data = "\u0000\u0005short\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(masker.bytes(data))
        .isEqualTo("\u0000\u0005*****\u00ff".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void maskingTwiceChangesNothingMore() {
    String once = masker.text("{\"token\":\"abc\"} PASSWORD=" + SECRET + " http://a:b@c/");

    assertThat(Masker.of(List.of()).text(once)).isEqualTo(once);
  }
}

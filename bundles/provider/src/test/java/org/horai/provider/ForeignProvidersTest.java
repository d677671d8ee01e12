package org.horai.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.secret.Secret;
import org.horai.provider.ForeignProviders.Proof;
import org.horai.provider.client.PinnedJars;
import org.horai.provider.model.Pinned;
import org.horai.provider.model.ProviderErrors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Real jars, real signatures, a real framework. */
class ForeignProvidersTest {
  private static final String NAME = "com.acme.string";

  @TempDir static Path keys;
  private static Jars signer;

  @TempDir Path folder;
  private Jars jars;
  private Framework framework;
  private ForeignProviders providers;

  @BeforeAll
  static void makeKeys() throws Exception {
    signer = new Jars(keys);
    signer.key("acme");
    signer.key("mallory");
    signer.key("late", "-startdate", "-20d", "-validity", "10");
    signer.key("authority", "-ext", "bc:c");
    signer.key("employee");
    signer.issue("authority", "employee");
  }

  @BeforeEach
  void start() throws Exception {
    jars = new Jars(folder);
    Map<String, String> settings = new HashMap<>();
    settings.put("org.osgi.framework.storage", folder.resolve("cache").toString());
    settings.put("horai.state", folder.resolve("state").toString());
    settings.put("org.ops4j.pax.url.mvn.localRepository", folder.resolve("m2").toString());
    settings.put("org.ops4j.pax.url.mvn.useFallbackRepositories", "false");
    settings.put(
        "org.osgi.framework.system.packages.extra",
        "org.horai.api;version=0.1.0,org.horai.api.network;version=0.1.0,org.horai.api.host;version=0.1.0,org.horai.api.deployer;version=0.1.0");
    framework =
        ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(settings);
    framework.start();
    providers = new ForeignProviders(framework.getBundleContext());
    providers.secrets = reference -> new Secret(Jars.PASSWORD);
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(5000);
  }

  private Path good() throws Exception {
    return jars.bundle(NAME, "1.0.0", Map.of());
  }

  private static Proof pinned(Path jar) throws Exception {
    return new Proof(
        Optional.of(PinnedJars.sha256(Files.readAllBytes(jar))),
        Optional.empty(),
        Optional.empty());
  }

  private static Proof trusting(String... aliases) throws Exception {
    return new Proof(Optional.empty(), Optional.of(signer.trust(aliases)), Optional.of("env:ANY"));
  }

  private static Path signed(Path jar, String alias) throws Exception {
    return signer.signed(jar, alias);
  }

  private Pinned install(Path jar, Proof proof) {
    return providers.install(jar.toString(), Optional.empty(), proof);
  }

  private void refused(ErrorCode code, Path jar, Proof proof, String... words) {
    HoraiException e = failure(() -> install(jar, proof));
    assertThat(e.code()).as(e.toString()).isEqualTo(code);
    assertThat(e.toString()).contains(words);
    assertThat(e.next()).isPresent();
    assertThat(providers.all()).isEmpty();
    assertThat(framework.getBundleContext().getBundles()).hasSize(1);
    assertThat(folder.resolve("state/providers")).doesNotExist();
  }

  private static HoraiException failure(ThrowingCallable call) {
    HoraiException e = catchThrowableOfType(HoraiException.class, call);
    assertThat(e).isNotNull();
    return e;
  }

  private boolean serves() {
    return framework.getBundleContext().getServiceReference(OverlayNetworkProvider.class) != null;
  }

  @Test
  void whatIsPinnedRunsNowAndAtTheNextStart() throws Exception {
    Path jar = good();

    Pinned pinned = install(jar, pinned(jar));

    assertThat(pinned.ids()).containsExactly("string");
    assertThat(pinned.verified()).isEqualTo("sha256");
    assertThat(serves()).isTrue();
    stop();
    start();
    assertThat(serves()).isTrue();
    assertThat(providers.check(providers.require("string"), pinned(jar))).isEmpty();
  }

  @Test
  void theFrameworkAloneStartsNothing() throws Exception {
    Path jar = good();
    install(jar, pinned(jar));
    Files.delete(folder.resolve("state/providers/" + NAME + ".jar"));
    stop();

    start();

    assertThat(serves()).isFalse();
  }

  @Test
  void aJarThatWasChangedIsRefusedAtTheNextStart() throws Exception {
    Path jar = good();
    install(jar, pinned(jar));
    Files.write(
        folder.resolve("state/providers/" + NAME + ".jar"),
        Files.readAllBytes(jars.with(jar, "readme.txt", "evil")));
    stop();

    start();

    assertThat(serves()).isFalse();
    Pinned known = providers.require("string");
    assertThat(providers.runs(known)).isFalse();
    assertThat(providers.check(known, pinned(jar)))
        .extracting(HoraiException::code)
        .contains(ProviderErrors.DIGEST);
  }

  @Test
  void anotherDigestIsRefused() throws Exception {
    Path jar = good();
    refused(
        ProviderErrors.DIGEST,
        jar,
        pinned(jars.with(jar, "readme.txt", "other")),
        "its SHA-256 is");
  }

  @Test
  void whatIsNeitherPinnedNorSignedIsRefused() throws Exception {
    refused(ProviderErrors.UNVERIFIED, good(), trusting("acme"), "no signature");
  }

  @Test
  void aTrustedSignatureIsEnough() throws Exception {
    Pinned pinned = install(signed(good(), "acme"), trusting("mallory", "acme"));

    assertThat(pinned.verified()).isEqualTo("signed by CN=acme");
    assertThat(providers.check(pinned, trusting("acme"))).isEmpty();
    assertThat(providers.check(pinned, trusting("mallory")))
        .extracting(HoraiException::code)
        .containsExactly(ProviderErrors.UNTRUSTED);
  }

  @Test
  void anAuthorityVouchesForThoseItCertified() throws Exception {
    assertThat(install(signed(good(), "employee"), trusting("authority")).signed()).isTrue();
  }

  @Test
  void aStrangersSignatureIsRefused() throws Exception {
    refused(ProviderErrors.UNTRUSTED, signed(good(), "mallory"), trusting("acme"), "CN=mallory");
  }

  @Test
  void anExpiredCertificateIsRefused() throws Exception {
    refused(
        ProviderErrors.UNTRUSTED, signed(good(), "late"), trusting("late"), "CN=late", "expired");
  }

  @Test
  void whatWasChangedAfterSigningIsRefused() throws Exception {
    Path jar = signed(good(), "acme");

    refused(
        ProviderErrors.UNTRUSTED,
        jars.with(jar, "readme.txt", "evil"),
        trusting("acme"),
        "changed after");
    refused(
        ProviderErrors.UNTRUSTED,
        jars.with(jar, "readme.txt", null),
        trusting("acme"),
        "readme.txt is missing");
    refused(
        ProviderErrors.UNVERIFIED,
        jars.with(jar, "more.txt", "evil"),
        trusting("acme"),
        "more.txt");
  }

  @Test
  void aKeystoreThatIsNotThereIsNamed() throws Exception {
    Proof nowhere =
        new Proof(
            Optional.empty(), Optional.of(folder.resolve("none.p12")), Optional.of("env:ANY"));
    refused(
        ProviderErrors.KEYSTORE,
        signed(good(), "acme"),
        nowhere,
        "none.p12",
        "keytool -importcert");
  }

  @Test
  void whatIsNoBundleIsRefused() throws Exception {
    Path whole = good();
    byte[] bytes = Files.readAllBytes(whole);
    Path cut =
        Files.write(folder.resolve("cut.jar"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
    Path text = Files.writeString(folder.resolve("text.jar"), "hello");
    Path nameless = jars.bundle("plain", "1", Map.of("Bundle-SymbolicName", ""));
    Path fragment =
        jars.bundle("part", "1", Map.of("Fragment-Host", "org.horai.api", "Bundle-Activator", ""));

    refused(ProviderErrors.NO_BUNDLE, cut, pinned(cut), "damaged");
    refused(ProviderErrors.NO_BUNDLE, text, pinned(text), "damaged");
    refused(ProviderErrors.NO_BUNDLE, nameless, pinned(nameless), "Bundle-SymbolicName");
    refused(ProviderErrors.NO_PROVIDER, fragment, pinned(fragment), "fragment");
  }

  @Test
  void whatIsMissingIsNamedWithWhatBringsIt() throws Exception {
    Path lonely = jars.bundle("a", "1", Jars.importing("com.acme.util;version=\"[1.2,2)\""));
    Path old =
        jars.bundle("b", "1", Jars.importing("org.osgi.service.packageadmin;version=\"[9,10)\""));
    Path needy =
        jars.bundle(
            "c",
            "1",
            Map.of(
                "Require-Capability", "osgi.extender;filter:=\"(osgi.extender=osgi.component)\""));

    refused(
        ProviderErrors.UNRESOLVED,
        lonely,
        pinned(lonely),
        "package com.acme.util, version [1.2.0,2.0.0)",
        "-conditionalpackage: com.acme.util");
    refused(
        ProviderErrors.UNRESOLVED,
        old,
        pinned(old),
        "here: 1.2.1 of org.apache.felix.framework",
        "build the provider against");
    refused(
        ProviderErrors.UNRESOLVED, needy, pinned(needy), "capability osgi.extender osgi.component");
  }

  @Test
  void anotherApiIsRefused() throws Exception {
    Path future =
        jars.bundle(
            "a",
            "1",
            Map.of("Import-Package", "org.osgi.framework,org.horai.api.network;version=\"[3,4)\""));

    refused(
        ProviderErrors.API_VERSION,
        future,
        pinned(future),
        "org.horai.api.network, version [3.0.0,4.0.0)",
        "here: 0.1.0",
        "org.horai:api of this Horai");
  }

  @Test
  void whatDoesNotServeIsRefused() throws Exception {
    Path idle = jars.bundle("a", "1", Map.of("X-Idle", "yes"));
    Path failing = jars.bundle("b", "1", Map.of("X-Fails", "yes"));
    Path mute = jars.bundle("c", "1", Map.of("X-Mute", "yes"));

    refused(ProviderErrors.NO_PROVIDER, idle, pinned(idle), "registers no service");
    refused(ProviderErrors.DEFECT, failing, pinned(failing), "no license");
    refused(ProviderErrors.DEFECT, mute, pinned(mute), "not today");
    Path odd = jars.bundle("d", "1", Map.of("X-Id", "My Net"));
    refused(ProviderErrors.DEFECT, odd, pinned(odd), "its id \"My Net\" is not of a-z");
  }

  @Test
  void aNetworkThatSomebodyElseBringsIsNotReplacedByItsName() throws Exception {
    Path jar = good();
    install(jar, pinned(jar));
    Path rival = jars.bundle("com.rival", "9.0.0", Map.of());

    HoraiException e = failure(() -> install(rival, pinned(rival)));

    assertThat(e.code()).isEqualTo(ProviderErrors.TAKEN);
    assertThat(e.toString())
        .contains("the network string is brought by " + NAME + " already", "com.rival");
    assertThat(providers.all()).extracting(Pinned::name).containsExactly(NAME);
    assertThat(framework.getBundleContext().getBundles()).hasSize(2);
    Path other = jars.bundle("com.rival", "9.0.0", Map.of("X-Id", "rope"));
    assertThat(install(other, pinned(other)).ids()).containsExactly("rope");
  }

  @Test
  void whatCannotBeReadIsNamed() {
    refused(
        ProviderErrors.SOURCE,
        folder.resolve("none.jar"),
        new Proof(Optional.of("0".repeat(64)), Optional.empty(), Optional.empty()),
        "no such file");
  }

  @Test
  void anUpdateThatFailsLeavesTheOldOneRunning() throws Exception {
    Path jar = good();
    install(jar, pinned(jar));
    Path bad = jars.bundle(NAME, "2.0.0", Map.of("X-Fails", "yes"));
    Path other = jars.bundle("com.acme.other", "1", Map.of());

    assertThat(failure(() -> update(bad)).code()).isEqualTo(ProviderErrors.DEFECT);
    assertThat(failure(() -> update(other)).code()).isEqualTo(ProviderErrors.TAKEN);
    assertThat(failure(() -> install(jar, pinned(jar))).code()).isEqualTo(ProviderErrors.TAKEN);

    assertThat(serves()).isTrue();
    assertThat(providers.require(NAME).version()).isEqualTo("1.0.0");
  }

  private Pinned update(Path jar) throws Exception {
    return providers.update("string", Optional.of(jar.toString()), Optional.empty(), pinned(jar));
  }

  @Test
  void anUpdateReplacesAndARemovalLeavesNothing() throws Exception {
    Path jar = good();
    install(jar, pinned(jar));

    assertThat(update(jars.bundle(NAME, "2.0.0", Map.of())).version()).isEqualTo("2.0.0");
    assertThat(framework.getBundleContext().getBundles()).hasSize(2);
    providers.remove("string");

    assertThat(serves()).isFalse();
    assertThat(framework.getBundleContext().getBundles()).hasSize(1);
    assertThat(folder.resolve("state/providers")).isEmptyDirectory();
    assertThat(failure(() -> providers.remove("string")).code()).isEqualTo(ProviderErrors.UNKNOWN);
  }

  @Test
  void aBundleOfTheProgramIsNotReplaced() throws Exception {
    Path jar = good();
    framework.getBundleContext().installBundle(jar.toUri().toString());

    HoraiException e = failure(() -> install(jar, pinned(jar)));

    assertThat(e.code()).isEqualTo(ProviderErrors.TAKEN);
    assertThat(providers.all()).isEmpty();
  }

  @Test
  void anArtifactComesFromARepository() throws Exception {
    Path jar = good();
    Path artifact = folder.resolve("repository/com/acme/string/1.0.0");
    Files.createDirectories(artifact);
    Files.copy(jar, artifact.resolve("string-1.0.0.jar"));
    Optional<String> repository = Optional.of(folder.resolve("repository").toUri().toString());

    Pinned pinned = providers.install("mvn:com.acme/string/1.0.0", repository, pinned(jar));

    assertThat(pinned.source()).isEqualTo("mvn:com.acme/string/1.0.0");
    assertThat(serves()).isTrue();
    HoraiException e =
        failure(
            () ->
                providers.update(
                    "string", Optional.of("mvn:com.acme/string/9.9"), repository, pinned(jar)));
    assertThat(e.code()).isEqualTo(ProviderErrors.SOURCE);
  }
}

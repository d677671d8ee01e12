package org.horai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the manifests of the shipped bundles may say. */
class HeaderRulesIT {
  private static final String API = "org.horai.api";
  private static final Pattern PROVIDED = Pattern.compile("<provide interface=\"([^\"]+)\"");
  private static final Pattern REFERENCE = Pattern.compile("<reference( [^>]*)>");

  static List<Shipped> all() {
    return Shipped.all();
  }

  static List<Shipped> house() {
    return Shipped.house();
  }

  static List<Shipped> houseWithoutApi() {
    return house().stream().filter(bundle -> !bundle.name().equals(API)).toList();
  }

  private static Shipped api() {
    return house().stream().filter(bundle -> bundle.name().equals(API)).findAny().orElseThrow();
  }

  private static Parameters exports(Shipped bundle) {
    return OSGiHeader.parseHeader(bundle.header("Export-Package").orElse(""));
  }

  @Test
  void apiExportsAllItsPackagesWithAVersion() {
    Parameters exports = exports(api());

    assertThat(exports.keySet()).containsExactlyInAnyOrderElementsOf(api().packages());
    assertThat(exports)
        .allSatisfy((name, attributes) -> assertThat(attributes.getVersion()).isNotNull());
  }

  /** A package that says none gets the version of the bundle, and its clients never know. */
  @Test
  void everyPackageOfTheApiSaysItsOwnVersion() {
    assertThat(api().packages())
        .allMatch(name -> api().has(name.replace('.', '/') + "/package-info.class"));
  }

  @Test
  void apiHasNoComponents() {
    assertThat(api().header("Service-Component")).isEmpty();
    assertThat(api().header("Bundle-Activator")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("houseWithoutApi")
  void noOtherBundleOfTheHouseExportsAnything(Shipped bundle) {
    assertThat(exports(bundle).keySet()).as("exported by " + bundle).isEmpty();
  }

  @Test
  void noPackageOfTheHouseIsSplit() {
    Map<String, Shipped> owners = new HashMap<>();
    for (Shipped bundle : house()) {
      for (String name : bundle.packages()) {
        if (name.startsWith("org.horai.")) {
          assertThat(owners.put(name, bundle)).as(name + " is also in " + bundle).isNull();
        }
      }
    }
    assertThat(owners).isNotEmpty();
  }

  @Test
  void noPackageIsExportedTwice() {
    Map<String, Shipped> owners = new HashMap<>();
    for (Shipped bundle : all()) {
      for (String name : exports(bundle).keySet()) {
        assertThat(owners.put(name, bundle)).as(name + " is also exported by " + bundle).isNull();
      }
    }
    assertThat(owners).isNotEmpty();
  }

  /** Else its classes would be loaded twice, and Java's archive keeps one of each name. */
  @Test
  void whatALibraryExportsNoBundleOfTheHouseEmbeds() {
    Set<String> exported =
        all().stream()
            .filter(bundle -> !bundle.isStarted())
            .flatMap(bundle -> exports(bundle).keySet().stream())
            .collect(Collectors.toSet());

    assertThat(exported).contains("org.apache.curator.framework", "org.apache.zookeeper");
    assertThat(house())
        .allSatisfy(
            bundle ->
                assertThat(bundle.packages())
                    .as("in " + bundle)
                    .doesNotContainAnyElementsOf(exported));
  }

  @ParameterizedTest
  @MethodSource("house")
  void wiringIsByPackageAndKnownBeforehand(Shipped bundle) {
    assertThat(bundle.header("Require-Bundle")).isEmpty();
    assertThat(bundle.header("DynamicImport-Package")).isEmpty();
    assertThat(bundle.header("Fragment-Host")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("houseWithoutApi")
  void ofTheHouseOnlyApiPackagesAreImported(Shipped bundle) {
    Parameters imports = OSGiHeader.parseHeader(bundle.header("Import-Package").orElse(""));

    assertThat(imports.keySet())
        .filteredOn(name -> name.startsWith("org.horai."))
        .allMatch(name -> name.equals(API) || name.startsWith(API + "."));
  }

  /** A service may be taken statically only from a component of the same bundle. */
  @ParameterizedTest
  @MethodSource("house")
  void servicesOfOtherBundlesMayComeAndGo(Shipped bundle) {
    List<String> components = bundle.components();
    Set<String> own =
        components.stream().flatMap(xml -> found(PROVIDED, xml)).collect(Collectors.toSet());

    assertThat(components.stream().flatMap(xml -> found(REFERENCE, xml)))
        .filteredOn(reference -> !own.contains(attribute(reference, "interface")))
        .filteredOn(reference -> !attribute(reference, "interface").startsWith("org.apache.felix."))
        .allSatisfy(
            reference ->
                assertThat(reference)
                    .contains("policy=\"dynamic\"")
                    .contains("policy-option=\"greedy\""));
  }

  private static Stream<String> found(Pattern pattern, String xml) {
    return pattern.matcher(xml).results().map(match -> match.group(1));
  }

  private static String attribute(String element, String name) {
    return element.replaceFirst(".* " + name + "=\"([^\"]*)\".*", "$1");
  }
}

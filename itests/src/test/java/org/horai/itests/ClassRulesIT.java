package org.horai.itests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;

/** What the classes of the house may do, read from the shipped jars. */
@AnalyzeClasses(locations = ClassRulesIT.HouseJars.class)
class ClassRulesIT {

  /** The packages of the house, not the libraries embedded beside them. */
  static final class HouseJars implements LocationProvider {
    @Override
    public Set<Location> get(Class<?> testClass) {
      return Shipped.house().stream()
          .map(bundle -> Location.of(URI.create("jar:" + bundle.jar().toUri() + "!/org/horai/")))
          .collect(Collectors.toSet());
    }
  }

  // ---- nothing that outlives a bundle or reaches behind the framework

  @ArchTest
  static final ArchRule NO_CLASS_IS_LOOKED_UP_BY_NAME = nobodyCalls(Class.class, "forName");

  @ArchTest static final ArchRule NO_SHUTDOWN_HOOKS = nobodyCalls(Runtime.class, "addShutdownHook");

  @ArchTest
  static final ArchRule NO_SECURITY_PROVIDERS =
      nobodyCalls(java.security.Security.class, "addProvider|insertProviderAt");

  @ArchTest
  static final ArchRule NO_SYSTEM_PROPERTIES_ARE_SET =
      nobodyCalls(System.class, "setProperty|setProperties|clearProperty");

  @ArchTest
  static final ArchRule NO_SERVICE_LOADER = nobodyCalls(java.util.ServiceLoader.class, "load.*");

  @ArchTest static final ArchRule NOBODY_ENDS_THE_PROCESS = nobodyCalls(System.class, "exit");

  private static ArchRule nobodyCalls(Class<?> owner, String methods) {
    return noClasses()
        .should(
            callMethodWhere(
                target(nameMatching(methods)).and(target(owner(name(owner.getName()))))))
        .allowEmptyShould(true);
  }

  // ---- every thread belongs to a component

  @ArchTest
  static final ArchRule THREADS_ARE_MADE_BY_OWN_THREADS =
      classes()
          .that()
          .doNotHaveFullyQualifiedName("org.horai.api.service.OwnThreads")
          .should(makeNoOtherThreads());

  private static ArchCondition<JavaClass> makeNoOtherThreads() {
    return new ArchCondition<>("take their threads from OwnThreads") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getCodeUnitAccessesFromSelf().stream()
            .filter(ClassRulesIT::makesAThread)
            .map(JavaAccess::getDescription)
            .forEach(text -> events.add(SimpleConditionEvent.violated(type, text)));
      }
    };
  }

  private static boolean makesAThread(JavaCodeUnitAccess<?> call) {
    JavaClass owner = call.getTargetOwner();
    String name = call.getTarget().getName();
    List<String> taken = HasName.Utils.namesOf(call.getTarget().getRawParameterTypes());
    return switch (owner.getName()) {
      case "java.lang.Thread", "java.util.Timer" -> name.equals("<init>");
      case "java.util.concurrent.ForkJoinPool" -> true;
      case "java.util.concurrent.CompletableFuture" ->
          name.endsWith("Async") && !taken.contains(Executor.class.getName());
      case "java.util.concurrent.Executors",
          "java.util.concurrent.ThreadPoolExecutor",
          "java.util.concurrent.ScheduledThreadPoolExecutor" ->
          name.matches("<init>|new.*") && !taken.contains(ThreadFactory.class.getName());
      default -> name.matches("parallel|parallelStream");
    };
  }

  // ---- no mutable statics

  private static final DescribedPredicate<JavaClass> MUTABLE =
      describe(
          "a mutable type",
          type ->
              !type.isInterface()
                      && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class))
                  || type.getPackageName().equals("java.util.concurrent.atomic")
                  || type.isAssignableTo(Executor.class)
                  || type.isAssignableTo(Thread.class)
                  || type.isAssignableTo(ThreadLocal.class)
                  || type.getName().startsWith("java.util.concurrent.Concurrent")
                  || type.isAssignableTo("com.fasterxml.jackson.core.ObjectCodec"));

  @ArchTest
  static final ArchRule STATICS_ARE_FINAL =
      fields().that().areStatic().and(areWritten()).should().beFinal();

  @ArchTest
  static final ArchRule STATICS_ARE_IMMUTABLE =
      fields().that().areStatic().should().notHaveRawType(MUTABLE);

  @ArchTest
  static final ArchRule STATICS_ARE_NOT_FILLED_WITH_MUTABLE_THINGS =
      classes().should(makeNothingMutableWhenLoaded());

  private static DescribedPredicate<JavaField> areWritten() {
    return describe(
        "are written in the source",
        field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC));
  }

  private static ArchCondition<JavaClass> makeNothingMutableWhenLoaded() {
    return new ArchCondition<>("make nothing mutable when they are loaded") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getStaticInitializer().stream()
            .flatMap(initializer -> initializer.getConstructorCallsFromSelf().stream())
            .filter(call -> MUTABLE.test(call.getTargetOwner()))
            .map(JavaConstructorCall::getDescription)
            .forEach(text -> events.add(SimpleConditionEvent.violated(type, text)));
      }
    };
  }

  // ---- who may know whom

  /** What reads, writes or dials. A Path, a URI or a StringReader is only a value. */
  private static final String OUTSIDE =
      "java\\.nio\\.file\\.Files"
          + "|java\\.io\\.(File|Random).*"
          + "|java\\.nio\\.channels\\..*"
          + "|java\\.net\\.(?!URI|URLEncoder|URLDecoder).*"
          + "|org\\.osgi\\..*";

  @ArchTest
  static final ArchRule MODEL_HAS_NO_INPUT_OUTPUT_AND_NO_FRAMEWORK =
      noClasses()
          .that()
          .resideInAPackage("org.horai..model..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(OUTSIDE)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule CLIENT_KNOWS_NO_FRAMEWORK =
      noClasses()
          .that()
          .resideInAPackage("org.horai..client..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.osgi..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule LAYERS =
      classes().that().resideOutsideOfPackage("org.horai.api..").should(keepToTheirLayer());

  private static ArchCondition<JavaClass> keepToTheirLayer() {
    return new ArchCondition<>("depend on api and on lower layers of their own bundle only") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getDirectDependenciesFromSelf().stream()
            .filter(
                dependency -> !mayKnow(type, dependency.getTargetClass().getBaseComponentType()))
            .forEach(d -> events.add(SimpleConditionEvent.violated(type, d.getDescription())));
      }
    };
  }

  private static boolean mayKnow(JavaClass type, JavaClass other) {
    String target = other.getPackageName();
    if (!target.startsWith("org.horai.") || (target + ".").startsWith("org.horai.api.")) {
      return true;
    }
    return jar(type).equals(jar(other)) && Layer.of(type).knows.contains(Layer.of(other).name());
  }

  private static String jar(JavaClass type) {
    return type.getSource()
        .map(source -> source.getUri().toString().replaceFirst("!.*", ""))
        .orElse("");
  }

  /** The layers of a bundle. */
  private enum Layer {
    ROOT("ROOT MODEL CLIENT COMMAND"),
    COMMAND("COMMAND ROOT MODEL"),
    CLIENT("CLIENT MODEL"),
    MODEL("MODEL");

    private final Set<String> knows;

    Layer(String knows) {
      this.knows = Set.of(knows.split(" "));
    }

    static Layer of(JavaClass type) {
      return Arrays.stream(type.getPackageName().split("\\."))
          .map(Layer::named)
          .filter(layer -> layer != ROOT)
          .findFirst()
          .orElse(ROOT);
    }

    private static Layer named(String segment) {
      return switch (segment) {
        case "model" -> MODEL;
        case "client" -> CLIENT;
        case "command" -> COMMAND;
        default -> ROOT;
      };
    }
  }
}

package org.horai.tck;

import static org.horai.tck.Verdict.require;

import java.util.List;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.network.WorkloadAttachment;
import org.horai.api.network.WorkloadAttachment.Mode;
import org.horai.api.network.WorkloadNetwork;

/** How containers join, in the words of each era of Marathon. */
final class AttachChecks {
  private static final List<String> ERAS =
      List.of("0.15.3", "1.1.1", "1.2.0", "1.4.8", "1.5.0", "1.11.24");
  private static final WorkloadNetwork NETWORK =
      new WorkloadNetwork(Subject.SUBNET, List.of(4400, 8081));

  private AttachChecks() {}

  static List<Check> all() {
    return List.of(
        new Check("attach-eras", "containers join under every Marathon", AttachChecks::eras),
        new Check("attach-named", "mode NAMED, and no other, names a network", AttachChecks::named),
        new Check("attach-pure", "attach() says the same every time", AttachChecks::pure),
        new Check(
            "attach-names", "variables, parameters and flags are well named", AttachChecks::names),
        new Check(
            "attach-address",
            "the address command prints one overlay address",
            AttachChecks::address));
  }

  private static WorkloadAttachment attach(Subject subject, String era) {
    return subject.provider().attach(NETWORK, MarathonDialect.parse(era));
  }

  private static void eras(Subject subject) {
    for (String era : ERAS) {
      WorkloadAttachment attachment = attach(subject, era);
      require(
          attachment != null && attachment.mode() != null,
          "there is no attachment for Marathon " + era);
    }
  }

  /** Marathons that cannot name networks are told by docker parameters, which is not for here. */
  private static void named(Subject subject) {
    for (String era : ERAS) {
      WorkloadAttachment attachment = attach(subject, era);
      boolean named = attachment.networkName().filter(name -> !name.isBlank()).isPresent();
      require(
          named == (attachment.mode() == Mode.NAMED),
          "mode "
              + attachment.mode()
              + (named ? " has a network name" : " has no network name")
              + " for Marathon "
              + era);
    }
  }

  private static void pure(Subject subject) {
    for (String era : ERAS) {
      require(
          attach(subject, era).equals(attach(subject, era)),
          "two calls of attach() gave different answers for Marathon " + era);
    }
  }

  private static void names(Subject subject) {
    for (String era : ERAS) {
      WorkloadAttachment attachment = attach(subject, era);
      attachment
          .environment()
          .keySet()
          .forEach(
              name ->
                  require(
                      name.matches("[A-Za-z_][A-Za-z0-9_]*"), "\"" + name + "\" is no variable"));
      attachment
          .dockerParameters()
          .keySet()
          .forEach(
              name ->
                  require(
                      name.matches("[a-z][a-z-]*"),
                      "\"" + name + "\" is no docker parameter; write it without dashes in front"));
      attachment
          .agentFlags()
          .keySet()
          .forEach(
              name ->
                  require(
                      name.matches("[a-z][a-z_]*"),
                      "\""
                          + name
                          + "\" is no flag of a Mesos agent; write it without dashes in front"));
    }
  }

  private static void address(Subject subject) {
    for (String era : ERAS) {
      String command = attach(subject, era).addressCommand();
      require(!command.isBlank(), "there is no address command for Marathon " + era);
      String error = ScratchHost.syntax(command);
      require(error.isEmpty(), "the address command: " + error);
      subject.events().addressOf(command);
    }
  }
}

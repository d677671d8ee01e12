package org.horai.sandbox.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.sandbox.SandboxHolder;
import org.horai.sandbox.cluster.Sandbox;
import org.horai.sandbox.cluster.SandboxOptions;
import org.horai.sandbox.marathon.MarathonVersion;
import org.horai.sandbox.mesos.MesosGeneration;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code sandbox:up}. */
@Component
@CommandName(scope = "sandbox", function = "up")
public final class UpCommand implements Command {
  @Reference private SandboxHolder holder;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "sandbox",
        "up",
        "start a simulated cluster inside the shell and select it",
        "Real ZooKeeper and SSH servers, simulated Mesos, Marathon and Chronos, on loopback addresses of"
            + " their own. Needs no root and no Docker. Their time-outs run ten times as fast as in"
            + " reality. It ends with the shell.",
        List.of(),
        List.of(
            CommandSpec.Option.value(
                "masters", "N", "hosts with ZooKeeper, Mesos master and Marathon", "3"),
            CommandSpec.Option.value("agents", "N", "hosts with a Mesos agent", "3"),
            choice("chronos", "Chronos wanted in its cluster file", "3.0.2", "2.5.0", "2.4.0"),
            choice("marathon", "version of Marathon", "1.11", "1.1.1"),
            choice("mesos", "version of Mesos", "1.11", "0.28"),
            choice("weave", "version of Weave", "1.5.2", "2.8.1"),
            new CommandSpec.Option(
                "overlay",
                "",
                Optional.of("PROVIDER"),
                "network in use; the others are described in its cluster file",
                "weave",
                List.of(),
                "provider")),
        List.of(
            new CommandSpec.Example("sandbox:up", "three masters, three agents"),
            new CommandSpec.Example(
                "sandbox:up --agents 5 --chronos 2.4.0 --marathon 1.1.1 --mesos 0.28",
                "the first generation")));
  }

  private static CommandSpec.Option choice(String name, String description, String... usualFirst) {
    return new CommandSpec.Option(
        name, "", Optional.of("VERSION"), description, usualFirst[0], List.of(usualFirst), "");
  }

  @Override
  public View run(Invocation invocation) {
    int masters = between(invocation, "masters", 1, 5);
    int agents = between(invocation, "agents", 1, 20);
    SandboxOptions options =
        new SandboxOptions(
            masters,
            agents,
            invocation.option("chronos").orElse("3.0.2"),
            invocation.option("marathon").orElse("1.11").equals("1.1.1")
                ? MarathonVersion.V1_1_1
                : MarathonVersion.V1_11,
            invocation.option("mesos").orElse("1.11").equals("0.28")
                ? MesosGeneration.V0_28
                : MesosGeneration.V1_11,
            invocation.option("weave").orElse("1.5.2"),
            invocation.option("overlay").orElse("weave"));
    Sandbox sandbox =
        holder.up(
            options,
            part ->
                invocation
                    .talk()
                    .done(true, String.format("%-10s %s", part.name(), part.text()), part.millis()),
            invocation.deadline(Duration.ofSeconds(60)));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("cluster", "sandbox");
    data.put("masters", masters);
    data.put("agents", agents);
    data.put("simulated", true);
    data.put("file", sandbox.file().toString());
    data.put("zookeeper", sandbox.zookeeper().connectString());
    return View.of(
        data, View.Line.of("Simulated cluster \"sandbox\" is up and selected. Next: chronos:plan"));
  }

  private static int between(Invocation invocation, String option, int least, int most) {
    int value = invocation.number(option);
    if (value < least || value > most) {
      throw new HoraiException(
          CommonErrors.USAGE,
          "--" + option + " " + value + " is not possible",
          "choose " + least + " to " + most);
    }
    return value;
  }
}

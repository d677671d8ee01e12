package org.horai.core.host;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostScripts;
import org.horai.api.host.HostStage;
import org.horai.api.host.ProbeOutput;
import org.horai.api.host.ResourceState;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.core.host.model.HostScript;
import org.horai.core.host.model.Mask;
import org.horai.core.host.model.ScriptInputs;
import org.horai.core.host.model.ScriptRecord;
import org.horai.core.host.model.StageOutcome;
import org.osgi.service.component.annotations.Component;

/** The engine's compiler for those who run scripts themselves. */
@Component
public final class CompiledScripts implements HostScripts {
  private static final String RUN = "scratch";

  @Override
  public Script ask(HostProbes questions, Map<SecretRef, Secret> secrets) {
    ScriptInputs inputs = new ScriptInputs(secrets, Map.of());
    return new Compiled(
        questions.host(), HostScript.ask(questions, Nonce.next(), inputs), masking(secrets));
  }

  @Override
  public Script apply(HostStage stage, Map<SecretRef, Secret> secrets) {
    ScriptInputs inputs = new ScriptInputs(secrets, HostRunner.pushedFiles(stage));
    return new Compiled(
        stage.host(), HostScript.apply(stage, RUN, Nonce.next(), inputs), masking(secrets));
  }

  private static Mask masking(Map<SecretRef, Secret> secrets) {
    return Mask.of(secrets.values());
  }

  private record Compiled(String host, HostScript script, Mask mask) implements Script {
    @Override
    public String text() {
      return script.text();
    }

    @Override
    public HostFacts read(List<String> stdout) {
      Map<Integer, ResourceState> states = new HashMap<>();
      Map<String, ProbeOutput> probes = new HashMap<>();
      String end = "the script ended early";
      for (String line : stdout) {
        ScriptRecord said = ScriptRecord.read(script.nonce(), line).orElse(null);
        if (said instanceof ScriptRecord.Ended ended) {
          ResourceState state = ended.state();
          String detail = mask.apply(state.detail());
          states.put(ended.index(), new ResourceState(state.status(), detail, state.millis()));
        } else if (said instanceof ScriptRecord.Probed probed) {
          probes.put(
              script.probes().get(probed.index()).id(), HostRunner.masked(mask, probed.output()));
        } else if (said instanceof ScriptRecord.Unable unable) {
          end = unable.reason();
        } else if (said instanceof ScriptRecord.Finished) {
          end = "";
        }
      }
      Map<String, ResourceState> resources = StageOutcome.of(script, states, "").resources();
      return new HostFacts(
          host, end.isEmpty() ? Optional.empty() : Optional.of(end), probes, resources);
    }

    @Override
    public String toString() {
      return "script for " + host;
    }
  }
}

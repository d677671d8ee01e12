package org.horai.provider.command;

import java.util.List;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.provider.ForeignProviders;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code provider:install SOURCE}. */
@Component(service = Command.class)
@CommandName(scope = "provider", function = "install")
public final class InstallCommand implements Command {
  private final ForeignProviders providers;

  @Activate
  public InstallCommand(@Reference ForeignProviders providers) {
    this.providers = providers;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "provider",
        "install",
        "install an overlay provider of a third party",
        "The jar must have the digest given with --sha256, or be signed by a key that is trusted:"
            + " its certificate, or that of its issuer, is in trust.p12 of the state folder, whose"
            + " password is taken from env:HORAI_TRUST_PASSWORD unless told otherwise. Nothing of a"
            + " jar runs before that. It is kept with its digest and starts with the program as long"
            + " as it is unchanged.\n\n"
            + "mvn:group/artifact/version is looked for in the local Maven repository and in the"
            + " repositories of ~/.m2/settings.xml.",
        List.of(new Argument("source", "a file, a URL or mvn:g/a/v", true, false, "file")),
        Proofs.all(),
        List.of(
            new Example(
                "provider:install overlay-acme-1.0.jar --sha256 $digest", "pinned by its digest"),
            new Example(
                "provider:install mvn:com.acme/overlay-acme/1.0 --trust acme.p12 --trust-password"
                    + " prompt",
                "signed by a trusted key")));
  }

  @Override
  public View run(Invocation invocation) {
    String source = Proofs.source(invocation, invocation.required("source"));
    return ProviderViews.done(
        providers.install(source, invocation.option("repository"), Proofs.of(invocation)),
        "installed");
  }
}

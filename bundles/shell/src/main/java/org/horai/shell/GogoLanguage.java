package org.horai.shell;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.horai.shell.script.Builtins;
import org.horai.shell.script.CommandDirectory;
import org.horai.shell.script.UnknownCommand;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Gives Gogo the language of scripts: loops, conditions, tools, and an answer to unknown names. */
@Component(service = GogoLanguage.class)
public final class GogoLanguage {
  private final List<ServiceRegistration<Function>> registrations = new ArrayList<>();

  @Activate
  public GogoLanguage(
      BundleContext context,
      @Reference CommandProcessor processor,
      @Reference CommandDirectory directory) {
    new Builtins(processor)
        .functions()
        .forEach(
            (name, function) ->
                registrations.add(register(context, Builtins.SCOPE, name, function)));
    registrations.add(register(context, "shell", "default", new UnknownCommand(directory)));
  }

  private static ServiceRegistration<Function> register(
      BundleContext context, String scope, String name, Function function) {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put(CommandProcessor.COMMAND_SCOPE, scope);
    properties.put(CommandProcessor.COMMAND_FUNCTION, name);
    return context.registerService(Function.class, function, properties);
  }

  @Deactivate
  void close() {
    registrations.forEach(ServiceRegistration::unregister);
  }
}

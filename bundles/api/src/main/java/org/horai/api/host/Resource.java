package org.horai.api.host;

/**
 * One thing a host must look like. Resources are data: the engine compiles those of one host and
 * stage into one script. Every {@code id} is unique within its stage and host.
 */
public sealed interface Resource
    permits FileContent,
        Directory,
        Absent,
        KernelParameter,
        Service,
        Unit,
        Package,
        Download,
        Command {
  String id();

  /** One line for plans: {@code /etc/weave/weave.conf}, {@code service weave}. */
  String label();
}

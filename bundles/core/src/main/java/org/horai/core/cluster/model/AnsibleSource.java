package org.horai.core.cluster.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The text of an Ansible inventory.
 *
 * @param file the INI file
 * @param text of that file
 * @param groupVars files of {@code group_vars} by group name
 * @param hostVars files of {@code host_vars} by host name
 */
public record AnsibleSource(
    Path file,
    String text,
    Map<String, List<VarFile>> groupVars,
    Map<String, List<VarFile>> hostVars) {

  /** One file of variables; later files win over earlier ones. */
  public record VarFile(String name, String text) {}

  String name() {
    return file.getFileName().toString();
  }
}

package org.horai.api.command;

import org.osgi.service.component.annotations.ComponentPropertyType;

/** Names the command a component is, so that the shell knows it without creating it. */
@ComponentPropertyType
public @interface CommandName {
  String PREFIX_ = "horai.command.";

  /** The concern: {@code chronos}. */
  String scope();

  /** The verb: {@code plan}. */
  String function();

  /**
   * True for a command that changes nothing, so that the shell may call it again when it failed
   * because a bundle was replaced while it ran.
   */
  boolean reads() default false;
}

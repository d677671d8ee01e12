package org.horai.api.host;

/**
 * What a check or an application found of one resource.
 *
 * @param detail what differs or was done: a diff, an old and new value, an error; secrets masked
 * @param millis time it took on the host
 */
public record ResourceState(Status status, String detail, long millis) {
  /** Outcome for one resource. In check mode CHANGED means "would change". */
  public enum Status {
    OK,
    CHANGED,
    FAILED,
    SKIPPED
  }
}

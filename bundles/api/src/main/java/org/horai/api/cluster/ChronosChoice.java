package org.horai.api.cluster;

/**
 * Which Chronos a cluster runs, where that is not what its file says: chosen by {@code
 * chronos:upgrade}, remembered on the operator's side. It stands in for the file as long as the
 * file still has the version that it had then; a file that says another version decides again.
 *
 * @param version the one in use, or "" for the file's own
 * @param image its Docker image
 * @param file version that the file had when this was chosen
 * @param from version it came from, to which it can go back, or ""
 * @param fromImage image of that version
 * @param backup file with the jobs as that version had them, or ""
 * @param moving true until the change has ended and was proven
 */
public record ChronosChoice(
    String version,
    String image,
    String file,
    String from,
    String fromImage,
    String backup,
    boolean moving) {
  /** What holds while nothing was chosen. */
  public static final ChronosChoice FILE = new ChronosChoice("", "", "", "", "", "", false);

  /** True if this stands in for a file that says the version. */
  public boolean holdsFor(String fileVersion) {
    return !version.isEmpty() && (moving || file.equals(fileVersion));
  }

  /** What the file wants, with the chosen version where one was chosen. */
  public ChronosSpec on(ChronosSpec wanted) {
    return holdsFor(wanted.version()) ? wanted.running(version, image) : wanted;
  }
}

package org.horai.shell.model;

import java.util.Collection;
import java.util.List;

/** Finds what was probably meant. */
public final class Similar {
  private Similar() {}

  /** Up to three candidates nearest to {@code word}; empty when none is near. */
  public static List<String> to(String word, Collection<String> candidates) {
    int limit = Math.max(1, Math.min(3, word.length() / 3));
    int best = candidates.stream().mapToInt(near -> distance(word, near)).min().orElse(limit + 1);
    return candidates.stream()
        .distinct()
        .filter(candidate -> best <= limit && distance(word, candidate) == best)
        .sorted()
        .limit(3)
        .toList();
  }

  /** Edits between two words; swapping two neighbours counts as one. */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 ? j : j == 0 ? i : step(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(int[][] cost, String a, String b, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best = Math.min(cost[i - 1][j - 1] + change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}

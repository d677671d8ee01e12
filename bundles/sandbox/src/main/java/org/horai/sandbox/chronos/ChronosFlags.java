package org.horai.sandbox.chronos;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parsed command line of one instance.
 *
 * @param version which Chronos reads it
 * @param values flag name without dashes to its value; switches have the value {@code true}
 */
public record ChronosFlags(ChronosVersion version, Map<String, String> values) {

  private static final Set<String> SWITCHES =
      Set.of("disable_http", "http_compression", "mail_ssl", "mesos_checkpoint", "help");
  private static final Set<String> ALL =
      Set.of(
          ("http_address http_port http_credentials http_realm https_address https_port"
                  + " ssl_keystore_path ssl_keystore_password assets_path master hostname user"
                  + " failover_timeout mesos_role mesos_framework_name"
                  + " mesos_authentication_principal mesos_authentication_secret_file"
                  + " mesos_task_cpu mesos_task_mem mesos_task_disk webui_url cluster_name"
                  + " decline_offer_duration revive_offers_for_new_jobs min_revive_offers_interval"
                  + " reconciliation_interval zk_hosts zk_path zk_timeout task_epsilon"
                  + " failure_retry disable_after_failures job_history_limit"
                  + " leader_max_idle_time mail_server mail_user mail_password mail_from slack_url"
                  + " raven_dsn http_notification_url http_notification_credentials"
                  + " graphite_host_port graphite_reporting_interval graphite_group_prefix"
                  + " cassandra_contact_points cassandra_port cassandra_keyspace cassandra_table"
                  + " cassandra_stat_count_table cassandra_consistency cassandra_ttl")
              .split(" "));
  private static final Set<String> ONLY_THREE =
      Set.of("zk_auth", "mattermost_url", "cassandra_user", "cassandra_password");
  private static final Set<String> ONLY_TWO = Set.of("schedule_horizon");

  /** Copies the values. */
  public ChronosFlags {
    values = Map.copyOf(values);
  }

  /**
   * Reads the arguments as the real program does.
   *
   * @param argv the words of the command line; everything before the first flag (the program,
   *     {@code run_jar}) is skipped
   * @throws LaunchRefusedException unknown flag, missing value, words too many, or, for 3.x, a flag
   *     given twice
   */
  public static ChronosFlags parse(ChronosVersion version, List<String> argv)
      throws LaunchRefusedException {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> excess = new ArrayList<>();
    int i = 0;
    while (i < argv.size() && !argv.get(i).startsWith("--")) {
      i++;
    }
    while (i < argv.size()) {
      String word = argv.get(i++);
      if (!word.startsWith("--")) {
        excess.add(word);
        continue;
      }
      int equals = word.indexOf('=');
      String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
      requireKnown(version, name);
      String value;
      if (equals >= 0) {
        value = word.substring(equals + 1);
      } else if (SWITCHES.contains(name)) {
        value = "true";
      } else if (i < argv.size() && !argv.get(i).startsWith("--")) {
        value = argv.get(i++);
      } else {
        throw refused("Wrong format for option '" + name + "': you should provide one argument");
      }
      if (values.put(name, value) != null && version.isThree()) {
        excess.add(value);
      }
    }
    if (!excess.isEmpty()) {
      throw refused("Excess arguments provided: '" + String.join(" ", excess) + "'");
    }
    ChronosFlags flags = new ChronosFlags(version, values);
    flags.checkNumbers();
    return flags;
  }

  private static void requireKnown(ChronosVersion version, String name)
      throws LaunchRefusedException {
    boolean known =
        ALL.contains(name)
            || SWITCHES.contains(name)
            || (version.isThree() ? ONLY_THREE : ONLY_TWO).contains(name);
    if (!known) {
      throw refused("Unknown option '" + name + "'");
    }
  }

  private void checkNumbers() throws LaunchRefusedException {
    for (String name : List.of("http_port", "failure_retry", "disable_after_failures")) {
      String value = values.getOrDefault(name, "0");
      if (!value.matches("\\d{1,9}")) {
        throw refused("Bad arguments for option '" + name + "': '" + value + "'");
      }
    }
  }

  private static LaunchRefusedException refused(String message) {
    return new LaunchRefusedException("[scallop] Error: " + message);
  }

  /** The flag's value. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** {@code --hostname}, by default {@code localhost}. */
  public String hostname() {
    return get("hostname").orElse("localhost");
  }

  /** {@code --http_port}, by default 8080. */
  public int httpPort() {
    return Integer.parseInt(get("http_port").orElse("8080"));
  }

  /** The only address that HTTP is answered on; all when empty. */
  public Optional<String> httpAddress() {
    return get("http_address");
  }

  /** Who this instance is in the election: {@code hostname:http_port}. */
  public String participant() {
    return hostname() + ":" + httpPort();
  }

  /** A plain ZooKeeper connect string made of {@code --zk_hosts}, which may be a zk:// URL. */
  public String zooKeeper() {
    String hosts = get("zk_hosts").orElse("localhost:2181");
    String plain = hosts.startsWith("zk://") ? hosts.substring("zk://".length()) : hosts;
    int slash = plain.indexOf('/');
    return slash < 0 ? plain : plain.substring(0, slash);
  }

  /** {@code --zk_path}, by default {@code /chronos/state}. */
  public String zkPath() {
    return get("zk_path").orElse("/chronos/state");
  }

  /** {@code --mesos_framework_name}, by default as the version says. */
  public String frameworkName() {
    return get("mesos_framework_name").orElse(version.frameworkName());
  }

  /** {@code --failover_timeout} in seconds, by default a week. */
  public Duration failoverTimeout() {
    return Duration.ofSeconds((long) number("failover_timeout", 604800));
  }

  /** {@code --failure_retry} in milliseconds, by default a minute. */
  public Duration failureRetry() {
    return Duration.ofMillis((long) number("failure_retry", 60000));
  }

  /** {@code --disable_after_failures}; 0 means never. */
  public int disableAfterFailures() {
    return (int) number("disable_after_failures", 0);
  }

  /** {@code --user}, who jobs run as by default. */
  public String user() {
    return get("user").orElse("root");
  }

  /** Whether a request with this Authorization header is served; all are without credentials. */
  boolean admits(Optional<String> authorization) {
    return get("http_credentials")
        .map(c -> Base64.getEncoder().encodeToString(c.getBytes(StandardCharsets.UTF_8)))
        .map(c -> authorization.equals(Optional.of("Basic " + c)))
        .orElse(true);
  }

  double number(String name, double otherwise) {
    try {
      return get(name).map(Double::parseDouble).orElse(otherwise);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}

/**
 * Simulated hosts: a real SSH server in front of a directory in which the real {@code /bin/sh} runs
 * scripts. The node's own tools (weave, docker, systemctl and others) are small stand-ins, kept as
 * resources, that hold their state in files below the host's root.
 *
 * <p>A script reaches the host's files by prefixing every absolute path with {@code
 * ${HORAI_ROOT:-}}; real hosts leave that variable unset.
 */
package org.horai.sandbox.host;

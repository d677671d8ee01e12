/**
 * Horai on real hosts. {@code Hosts.up(3)} makes three of them, {@code hosts.host(1).cut()} and its
 * kin break one, {@code host.target()} is what the product's own connector needs to reach it; it
 * answers at {@code host.address()} from this machine, too, so whole programs can be run against
 * it.
 */
package org.horai.itests.hosts;

/** The overlay provider of plain kernel VXLAN with static forwarding entries. */
package org.horai.networking.vxlan;

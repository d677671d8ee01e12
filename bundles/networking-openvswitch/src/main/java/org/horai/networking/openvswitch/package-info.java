/** The overlay provider for Open vSwitch. */
package org.horai.networking.openvswitch;

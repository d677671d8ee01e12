/** The overlay provider for Weave. */
package org.horai.networking.weave;

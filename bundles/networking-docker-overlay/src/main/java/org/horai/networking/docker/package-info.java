/** The overlay provider for Docker's own overlay networks. */
package org.horai.networking.docker;

/** The bundles of the running platform: listed, stopped, started, replaced. */
package org.horai.shell.platform;

/** Hosts asked and changed: one script for each stage. */
package org.horai.core.host;

/** The embedded, simulated cluster. */
package org.horai.sandbox;

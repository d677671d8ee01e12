/**
 * Conformance tests for overlay providers: pure checks of the SPI, and a life on hosts that are
 * folders, with the real scripts of the engine.
 */
package org.horai.tck;
